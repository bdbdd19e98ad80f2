package dev.funnel.trainer.fit;

import dev.funnel.retrieval.Bounds;

/**
 * How {@link Covisitation} fits.
 *
 * @param measure how related two items are
 * @param neighbours length of each item's list at most, 1 to 1,000
 * @param shrinkage how much evidence two items need: see {@link Covisitation}; at least 0
 * @param longestHistory how many interactions of one user count at most, 2 to 100,000: bounds the work, which grows with the
 *     square of it, and the say of any one user
 * @param threads how many threads count, 1 to 1,024; the result does not depend on it
 */
public record CovisitationSettings(Measure measure, int neighbours, double shrinkage, int longestHistory, int threads) {

    /** How related two items are, see {@link Covisitation}. */
    public enum Measure {
        /** The same both ways. */
        COSINE,
        /** How likely the other is, given the one: favours what is popular. */
        CONDITIONAL
    }

    public CovisitationSettings {
        Bounds.require("neighbours", neighbours, 1, 1000);
        Bounds.require("longest history", longestHistory, 2, 100_000);
        Bounds.require("threads", threads, 1, 1024);
        Bounds.require("shrinkage", shrinkage, 0, 1e9);
    }

    /** The same by cosine. */
    public CovisitationSettings(int neighbours, double shrinkage, int longestHistory, int threads) {
        this(Measure.COSINE, neighbours, shrinkage, longestHistory, threads);
    }

    /**
     * The defaults on so many threads. Fifty neighbours have the best NDCG@10 of 20 to 200 on the validation split of MovieLens-1M;
     * there shrinkage hardly matters, and it is kept for catalogues with less evidence per pair.
     */
    public static CovisitationSettings defaults(int threads) {
        return new CovisitationSettings(50, 10, 1000, threads);
    }
}
