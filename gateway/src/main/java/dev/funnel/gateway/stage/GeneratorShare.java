package dev.funnel.gateway.stage;

/**
 * How a generator's limit is shared out in an answer that is a part of several.
 *
 * @param generator its name
 * @param limit how many items it may nominate
 * @param secondPositions positions in the pool of what the second of its two searches found, best first; empty: it made one search
 * @param secondScores the scores of that search, in the same order
 */
public record GeneratorShare(String generator, int limit, int[] secondPositions, float[] secondScores) {}
