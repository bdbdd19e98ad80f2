package dev.funnel.retrieval;

import dev.funnel.bundle.FloatMatrix;
import java.lang.foreign.MemorySegment;

/**
 * The sums that similarities are made of, over rows of an item matrix or over eight-bit codes of them.
 *
 * <p>{@link SimdArithmetic} and its twin {@link ScalarArithmetic} give the same bits, whatever the machine's lanes: sums of
 * floats are made in {@value #LANES} running sums, value i going to sum i mod {@value #LANES} by a fused multiply-add; then
 * sums {@code j} and {@code j + 4} are added, then {@code j} and {@code j + 2}, then the last two, and to that the running sum
 * of the values beyond the last multiple of {@value #LANES}. Sums of codes are exact. With u = 2^-24 and n dimensions each
 * float result differs from the exact one by at most (n + 2) u times the sum of the terms' absolute values (Higham 2002,
 * <i>Accuracy and Stability of Numerical Algorithms</i>, section 3.1). Each row gives the same bits alone and among many.
 */
public interface VectorArithmetic {

    /** Running sums of a float sum. */
    int LANES = 8;

    /** Items whose codes lie together in {@link #blockDots}. */
    int BLOCK = 16;

    /** Writes the inner product of the query and each of the rows {@code from} to {@code to - 1} to {@code into[0..]}. */
    void dots(float[] query, FloatMatrix rows, int from, int to, float[] into);

    /** Writes the inner product of the query and each of the first {@code count} rows named to {@code into[0..]}. */
    void dots(float[] query, FloatMatrix rows, int[] named, int count, float[] into);

    /** Writes the squared Euclidean distance of the query and each of the rows likewise. */
    void squaredDistances(float[] query, FloatMatrix rows, int from, int to, float[] into);

    /** Writes the squared Euclidean distance of the query and each of the first {@code count} rows named likewise. */
    void squaredDistances(float[] query, FloatMatrix rows, int[] named, int count, float[] into);

    /** The squared Euclidean distance of two vectors of equal length. */
    float squaredDistance(float[] one, float[] other);

    /**
     * Writes the inner product of the query's codes and each of the first {@code count} rows of codes named to {@code into[0..]}.
     *
     * @param query a multiple of 8 values of at most 2^15 in size, as many as a row of codes has; at most 512
     * @param codes signed bytes, row after row
     */
    void codeDots(int[] query, MemorySegment codes, int[] named, int count, int[] into);

    /**
     * Writes the inner products of the query's codes and those of the items of the blocks {@code from} to {@code to - 1} to
     * {@code into[0..]}, {@value #BLOCK} a block.
     *
     * @param query each of an even number of values of -127 to 127 {@value #BLOCK} times in a row
     * @param codes block after block, in a block dimension after dimension, of a dimension one byte of -127 to 127 per item, in
     *     the order of {@link #placeInBlock}
     */
    void blockDots(short[] query, MemorySegment codes, int from, int to, int[] into);

    /** Rows added at once by {@link #addRows}. */
    int ROWS = 8;

    /**
     * Adds to {@code into[c]}, for each c from {@code from} to the end, the sum of {@code factors[i] * source[first + i][c]} over
     * {@value #ROWS} rows. The even rows are added to the value itself and the odd ones to a sum of their own, by fused multiply-adds; then
     * both are added. Values before {@code from} may be changed too, back to the last multiple of 16.
     *
     * @param into as long as each row of the source: a multiple of 16
     */
    void addRows(float[] into, int from, float[][] source, int first, float[] factors);

    /** Name for people. */
    String describe();

    /**
     * Where an item's byte stands among the {@value #BLOCK} of its block and dimension: items 0 and 8, 1 and 9, and so on stand
     * together, so that sums of sixteen bits widen to sums of the first and of the last eight items.
     */
    static int placeInBlock(int item) {
        return item < BLOCK / 2 ? 2 * item : 2 * item - BLOCK + 1;
    }

    /** Plain Java, which every JVM can run. */
    static VectorArithmetic scalar() {
        return new ScalarArithmetic();
    }

    /** The fastest that this JVM can run: lanes if it was started with the module {@code jdk.incubator.vector}. */
    static VectorArithmetic fastest() {
        boolean lanes = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return lanes ? new SimdArithmetic() : scalar();
    }
}
