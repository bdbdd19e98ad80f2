package dev.funnel.runtime.wire;

import java.util.List;

/**
 * One generator's part in a pool of candidates: its provenance.
 *
 * @param generator its name
 * @param positions positions in {@link Candidates#itemIds()} of what it nominated, best first
 * @param scores its own scores, in the order of {@code positions}; higher is better
 * @param calibrated the same as probabilities of a watch, in the order of {@code positions}
 * @param poolScores its own score of every candidate of the pool, in the order of the pool; empty: it cannot score what it does
 *     not nominate
 * @param origin how the query became what it searched for
 * @param itemOrigins how each item came to its place in it, in the order of {@code positions}; empty: all were fitted on
 */
public record Nomination(
        String generator,
        int[] positions,
        float[] scores,
        float[] calibrated,
        float[] poolScores,
        QueryOrigin origin,
        List<ItemOrigin> itemOrigins) {
    /** A nomination from a list, of items that were fitted on. */
    public Nomination(String generator, int[] positions, float[] scores, float[] calibrated, float[] poolScores) {
        this(generator, positions, scores, calibrated, poolScores, QueryOrigin.LIST, List.of());
    }

    /** How the item nominated at a rank, from 0, came to its place. */
    public ItemOrigin itemOrigin(int rank) {
        return itemOrigins.isEmpty() ? ItemOrigin.TRAINED : itemOrigins.get(rank);
    }

    public int size() {
        return positions.length;
    }
}
