package dev.funnel.inference.feature;

/**
 * What one generator said of a pool.
 *
 * @param generator its name, e.g. "als"
 * @param scores its own score of every candidate, nominated by it or not; NaN where it has none; empty if it has none at all
 * @param nominated per candidate, whether it nominated it; empty if that is not known
 * @param places per candidate its place among the generator's nominations, from 1; 0 where it did not nominate it; empty if that is not
 *     known
 */
public record GeneratorSignals(String generator, float[] scores, boolean[] nominated, int[] places) {
    /** Of nominations whose order is not known. */
    public GeneratorSignals(String generator, float[] scores, boolean[] nominated) {
        this(generator, scores, nominated, new int[0]);
    }
}
