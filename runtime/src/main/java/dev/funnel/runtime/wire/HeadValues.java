package dev.funnel.runtime.wire;

/**
 * The values of one head of the ranker.
 *
 * @param head its name
 * @param values one per candidate, in the order of the pool
 */
public record HeadValues(String head, float[] values) {}
