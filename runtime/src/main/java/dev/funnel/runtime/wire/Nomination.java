package dev.funnel.runtime.wire;

/**
 * One generator's part in a pool of candidates: its provenance.
 *
 * @param generator its name
 * @param positions positions in {@link Candidates#itemIds()} of what it nominated, best first
 * @param scores its own scores, in the order of {@code positions}; higher is better
 * @param calibrated the same as probabilities of a watch, in the order of {@code positions}
 * @param poolScores its own score of every candidate of the pool, in the order of the pool; empty: it cannot score what it does
 *     not nominate
 */
public record Nomination(String generator, int[] positions, float[] scores, float[] calibrated, float[] poolScores) {
    public int size() {
        return positions.length;
    }
}
