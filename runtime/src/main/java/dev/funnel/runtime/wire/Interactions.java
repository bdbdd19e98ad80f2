package dev.funnel.runtime.wire;

import java.util.List;

/**
 * Interactions as parallel columns of equal length, newest first, every value filled in.
 *
 * @param itemIds the items; empty text for a search
 * @param kinds what was done, as {@link InteractionKind#number()}
 * @param timesMs milliseconds since 1970-01-01T00:00:00Z; 0 is unknown
 * @param watchedMs how long each was watched, in milliseconds; -1 is unknown
 * @param weights how much each counts, in (0, 1000]
 */
public record Interactions(List<String> itemIds, byte[] kinds, long[] timesMs, long[] watchedMs, float[] weights) {
    public static final Interactions NONE =
            new Interactions(List.of(), new byte[0], new long[0], new long[0], new float[0]);

    public Interactions {
        int size = itemIds.size();
        if (kinds.length != size || timesMs.length != size || watchedMs.length != size || weights.length != size) {
            throw new IllegalArgumentException("columns of interactions differ in length");
        }
    }

    public int size() {
        return itemIds.size();
    }

    public InteractionKind kind(int index) {
        return InteractionKind.ofNumber(kinds[index]);
    }
}
