package dev.funnel.trainer.read;

import java.util.Arrays;

/**
 * What users did with items, in the order of the file, as parallel arrays of equal length.
 *
 * @param users user rows
 * @param items item indexes
 * @param timesMs milliseconds since 1970; 0 throughout if the file has no times
 * @param kinds numbers of the contract's {@code InteractionKind}
 * @param watchSeconds NaN is unknown
 * @param weights above 0; 1 if the file has none
 * @param searches what users searched for beside
 */
public record InteractionLog(
        int[] users,
        int[] items,
        long[] timesMs,
        byte[] kinds,
        float[] watchSeconds,
        float[] weights,
        SearchLog searches) {

    /** Without searches. */
    public InteractionLog(
            int[] users, int[] items, long[] timesMs, byte[] kinds, float[] watchSeconds, float[] weights) {
        this(users, items, timesMs, kinds, watchSeconds, weights, SearchLog.NONE);
    }

    public int size() {
        return users.length;
    }

    /** Whether the interactions have times; either all have one or none. */
    public boolean timed() {
        return size() > 0 && timesMs[0] != 0;
    }

    /** The interactions at these places, in this order, and all searches. */
    public InteractionLog select(int[] places) {
        InteractionLog chosen = new InteractionLog(
                new int[places.length],
                new int[places.length],
                new long[places.length],
                new byte[places.length],
                new float[places.length],
                new float[places.length],
                searches);
        for (int to = 0; to < places.length; to++) {
            int from = places[to];
            chosen.users[to] = users[from];
            chosen.items[to] = items[from];
            chosen.timesMs[to] = timesMs[from];
            chosen.kinds[to] = kinds[from];
            chosen.watchSeconds[to] = watchSeconds[from];
            chosen.weights[to] = weights[from];
        }
        return chosen;
    }

    /** The time of the last interaction, 0 if there are no times. */
    public long lastMs() {
        return Arrays.stream(timesMs).max().orElse(0);
    }
}
