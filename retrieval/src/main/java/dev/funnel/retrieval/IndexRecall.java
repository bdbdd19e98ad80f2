package dev.funnel.retrieval;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTest;

/**
 * The share of the exact answers that an index finds, or finds as good, over some queries.
 *
 * @param recall found over wanted, 0 to 1; 1 if nothing was wanted
 * @param queries how many were asked
 * @param hits how many items each asked for
 */
public record IndexRecall(double recall, int queries, int hits) {
    /** What an index has to find to be served, unless a bundle was trained with another target. */
    public static final double LEAST = .95;

    /**
     * Measures an index at full effort.
     *
     * @param exact an exact index over the same items
     * @param queries vectors like those that will be searched for, of which {@code most} spread evenly are asked
     * @param hits how many items to ask for, 1 to 10,000
     */
    public static IndexRecall of(VectorIndex index, VectorIndex exact, FloatMatrix queries, int hits, int most) {
        int asked = Math.min(most, queries.rows());
        long found = 0;
        long wanted = 0;
        for (int i = 0; i < asked; i++) {
            float[] query = queries.row((int) ((long) i * queries.rows() / asked));
            float[] best =
                    exact.search(query, hits, ItemTest.ALL, SearchLimit.none()).scores();
            wanted += best.length;
            found += reaching(best, scores(exact, query, index.search(query, hits, ItemTest.ALL, SearchLimit.none())));
        }
        return new IndexRecall(wanted == 0 ? 1 : (double) found / wanted, asked, hits);
    }

    /** Throws {@link IllegalStateException} saying by how much the recall misses its target, if it does. */
    public void require(double target) {
        if (!(recall >= target)) {
            throw new IllegalStateException(this + ", must be at least " + target);
        }
    }

    @Override
    public String toString() {
        return "recall at " + hits + " over " + queries + " queries is " + recall;
    }

    private static float[] scores(VectorIndex exact, float[] query, Hits found) {
        float[] scores = new float[found.size()];
        exact.scores(query, found.items(), scores.length, scores);
        return scores;
    }

    /** How many of these scores reach the last of the best: of items that score alike any is as good as another. */
    private static int reaching(float[] best, float[] scores) {
        int count = 0;
        for (float score : scores) {
            count += best.length > 0 && score >= best[best.length - 1] ? 1 : 0;
        }
        return Math.min(count, best.length);
    }
}
