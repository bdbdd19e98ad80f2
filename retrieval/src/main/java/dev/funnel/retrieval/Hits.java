package dev.funnel.retrieval;

/**
 * What a search found: items with their scores, best first, equal scores by ascending item index.
 *
 * @param items item indexes, each once
 * @param scores the score of each item, in the same order; none is NaN
 * @param filtered how many items scored well enough, when the search met them, to be among the hits, and were rejected by
 *     the filter; a search that goes only by what a filter accepts meets no others
 * @param complete false if the search stopped before it had looked where it meant to look; the hits are then the best of
 *     what it had seen
 */
public record Hits(int[] items, float[] scores, int filtered, boolean complete) {

    /** Nothing, and not for want of time. */
    public static final Hits NONE = new Hits(new int[0], new float[0], 0, true);

    /** Nothing, for want of time. */
    public static final Hits LATE = new Hits(new int[0], new float[0], 0, false);

    public Hits {
        if (items.length != scores.length) {
            throw new IllegalArgumentException(items.length + " items but " + scores.length + " scores");
        }
    }

    /** The same hits of a search that stopped before it had looked where it meant to look. */
    public Hits cutShort() {
        return new Hits(items, scores, filtered, false);
    }

    /** How many items were found. */
    public int size() {
        return items.length;
    }
}
