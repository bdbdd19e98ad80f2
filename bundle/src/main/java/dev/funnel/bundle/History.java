package dev.funnel.bundle;

/**
 * What one user did, newest first, as parallel arrays of equal length.
 *
 * @param items item indexes
 * @param timesMs when, in milliseconds since 1970-01-01T00:00:00Z; 0 is unknown
 * @param kinds numbers of the contract's {@code InteractionKind}
 * @param watchedMs how long each was watched, in milliseconds; -1 is unknown
 * @param weights how much each counts; finite
 */
@SuppressWarnings("ArrayRecordComponent") // columns for hot loops; never compared, never changed
public record History(int[] items, long[] timesMs, byte[] kinds, long[] watchedMs, float[] weights) {
    /** The history of someone who did nothing. */
    public static final History EMPTY = new History(new int[0], new long[0], new byte[0], new long[0], new float[0]);

    /** Number of the kind "dislike" in the contract's {@code InteractionKind}. */
    public static final byte DISLIKE = 5;

    /** Refuses arrays of different lengths. */
    public History {
        int size = items.length;
        if (timesMs.length != size || kinds.length != size || watchedMs.length != size || weights.length != size) {
            throw new IllegalArgumentException("the columns of a history have different lengths: items " + size
                    + ", times " + timesMs.length + ", kinds " + kinds.length + ", watched " + watchedMs.length
                    + ", weights " + weights.length);
        }
    }

    /** Number of interactions. */
    public int size() {
        return items.length;
    }
}
