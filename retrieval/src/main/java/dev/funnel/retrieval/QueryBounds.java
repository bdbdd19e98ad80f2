package dev.funnel.retrieval;

/** What a search accepts: the bounds that {@link VectorIndex#search} states, checked in one place for all indexes. */
public final class QueryBounds {

    /** The most items one search finds. */
    public static final int MOST_HITS = 10_000;

    private QueryBounds() {}

    /** Throws {@link IllegalArgumentException} naming what is wrong with a query, if anything is. */
    public static void check(float[] query, int dimensions, int k) {
        if (query.length != dimensions) {
            throw new IllegalArgumentException(
                    "query has " + query.length + " dimensions, the index has " + dimensions);
        }
        Bounds.require("k", k, 1, MOST_HITS);
        for (int i = 0; i < query.length; i++) {
            if (!Float.isFinite(query[i])) {
                throw new IllegalArgumentException("query[" + i + "] is " + query[i] + ", must be finite");
            }
        }
    }
}
