package dev.funnel.trainer.fit;

/**
 * What gradient descent does with vectors that lie in flat arrays, at any place: {@code n} values from {@code xAt} on.
 *
 * <p>{@link RowLoops} adds from first to last; {@link RowLanes} adds in the lanes of the Vector API. Both do the same up to the
 * order in which the terms of a sum are added (see {@link dev.funnel.retrieval.VectorArithmetic} for the bound), so a fit gives
 * the same bits again on the same kind of processor.
 */
interface RowArithmetic {

    /** The inner product of two vectors. */
    float dot(float[] a, int aAt, float[] b, int bAt, int n);

    /** into += factor x a. */
    void add(float[] into, int at, float[] a, int aAt, float factor, int n);

    /** Both at once, from their values before: a = keep x a + pull x b, b = keep x b + pull x a. They must not overlap. */
    void step(float[] a, int aAt, float[] b, int bAt, float keep, float pull, int n);

    /**
     * All three at once, from their values before: a = keep x a + pull x (b - c), b = keep x b + pull x a, c = keep x c -
     * pull x a. They must not overlap.
     */
    void step(float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, float keep, float pull, int n);

    /** The fastest that this JVM can run: lanes if it was started with the module {@code jdk.incubator.vector}. */
    static RowArithmetic fastest() {
        boolean lanes = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return lanes ? new RowLanes() : new RowLoops();
    }
}
