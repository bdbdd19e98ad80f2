package dev.funnel.inference.feature;

/**
 * What one generator said of a pool.
 *
 * @param generator its name, e.g. "als"
 * @param scores its own score of every candidate, nominated by it or not; NaN where it has none; empty if it has none at all
 * @param nominated per candidate, whether it nominated it; empty if that is not known
 */
public record GeneratorSignals(String generator, float[] scores, boolean[] nominated) {}
