package dev.funnel.retrieval;

import dev.funnel.bundle.FloatMatrix;

/**
 * The two sums that similarities are made of, over rows of an item matrix.
 *
 * <p>{@link ScalarArithmetic} adds from first to last; {@link SimdArithmetic} adds in lanes. With u = 2^-24 and n dimensions
 * each result differs from the exact one by at most (n + 2) u times the sum of the terms' absolute values (Higham 2002,
 * <i>Accuracy and Stability of Numerical Algorithms</i>, section 3.1), so the two differ by at most twice that. Each gives
 * the same bits for a row whether asked for one row or for many.
 */
public interface VectorArithmetic {

    /** Writes the inner product of the query and each of the rows {@code from} to {@code to - 1} to {@code into[0..]}. */
    void dots(float[] query, FloatMatrix rows, int from, int to, float[] into);

    /** Writes the squared Euclidean distance of the query and each of the rows likewise. */
    void squaredDistances(float[] query, FloatMatrix rows, int from, int to, float[] into);

    /** The squared Euclidean distance of two vectors of equal length. */
    float squaredDistance(float[] one, float[] other);

    /** Name for people. */
    String describe();

    /** The fastest that this JVM can run: lanes if it was started with the module {@code jdk.incubator.vector}. */
    static VectorArithmetic fastest() {
        boolean lanes = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return lanes ? new SimdArithmetic() : new ScalarArithmetic();
    }
}
