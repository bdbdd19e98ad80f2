package dev.funnel.retrieval;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTest;
import java.util.Arrays;

/**
 * The share of the exact answers that an index finds, over some queries.
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
            int[] best = items(exact, query, hits);
            wanted += best.length;
            found += common(best, items(index, query, hits));
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

    private static int[] items(VectorIndex index, float[] query, int hits) {
        int[] items =
                index.search(query, hits, ItemTest.ALL, SearchLimit.none()).items();
        Arrays.sort(items);
        return items;
    }

    /** How many of the ascending values of one are among the ascending values of the other. */
    private static int common(int[] one, int[] other) {
        int common = 0;
        for (int item : other) {
            common += Arrays.binarySearch(one, item) >= 0 ? 1 : 0;
        }
        return common;
    }
}
