package dev.funnel.trainer.rank;

import java.util.List;

/**
 * How the ranker is built and trained.
 *
 * @param hidden widths of the network's hidden layers, first to last
 * @param recentWatches how many of the newest watches "recent" means
 * @param itemWidth width of the items' embeddings; 0: none
 * @param categoryWidth width of all other embeddings
 * @param weighting what an example costs
 * @param epochs the most passes over the examples; the best on the validation slice is kept
 * @param batchSize examples a step, about
 * @param learningRate of the network, Adam, falling to a tenth over the epochs
 * @param tableLearningRate of embedding rows, Adagrad
 * @param validationShare share of the pages, the latest ones, that is only validated on
 * @param mostExamples beyond this the oldest pages are left out
 * @param negativesPerPositive how many negatives are drawn for a positive where there are no impressions
 * @param poolShare share of these that is drawn from the user's pool; the rest from the catalogue
 * @param poolSize how large that pool is
 * @param seed of everything random
 * @param threads that read features
 */
public record RankerSettings(
        List<Integer> hidden,
        int recentWatches,
        int itemWidth,
        int categoryWidth,
        Weighting weighting,
        int epochs,
        int batchSize,
        float learningRate,
        float tableLearningRate,
        double validationShare,
        int mostExamples,
        int negativesPerPositive,
        double poolShare,
        int poolSize,
        long seed,
        int threads) {
    /** What an example costs; T is its weight as a positive, e.g. seconds watched. */
    public enum Weighting {
        /** Every example is a negative of weight 1, a positive also one of weight T: the odds learnt are exactly E[T]. */
        EXPECTED_WEIGHT,
        /** A positive has weight T, any other example is a negative of weight 1 (Covington et al. 2016): E[T] / (1 - P). */
        PAPER
    }

    private static final int NEGATIVES = 12;
    private static final double POOL_SHARE = 0.9;
    private static final int POOL_SIZE = 600;

    public RankerSettings {
        hidden = List.copyOf(hidden);
    }

    /** What is trained unless somebody asks for something else. */
    public static RankerSettings defaults(long seed, int threads) {
        return new RankerSettings(
                List.of(256, 128),
                50,
                16,
                8,
                Weighting.EXPECTED_WEIGHT,
                1,
                512,
                1e-3f,
                0.05f,
                0.1,
                600_000,
                NEGATIVES,
                POOL_SHARE,
                POOL_SIZE,
                seed,
                threads);
    }

    /**
     * What is trained where there are no impressions: a smaller network without item embeddings, which learn by heart who was
     * sampled. Chosen by NDCG@10 on the trainer's own hold-out of ncf-ml-1m's training split: .311, with 128-64 .307, with item
     * embeddings and 256-128 .293, the factorisation's own order .300.
     */
    public static RankerSettings withoutImpressions(long seed, int threads) {
        return new RankerSettings(
                List.of(64, 32),
                50,
                0,
                8,
                Weighting.EXPECTED_WEIGHT,
                3,
                512,
                5e-4f,
                0.05f,
                0.1,
                600_000,
                NEGATIVES,
                POOL_SHARE,
                POOL_SIZE,
                seed,
                threads);
    }
}
