package dev.funnel.benchmarks.retrieval;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.TopK;
import dev.funnel.retrieval.VectorScorer;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.RowPool;

/** The plain scan: every item's 32-bit floats, vectorised, and a heap. It makes the exact answers and is the limit to beat. */
final class FloatScan {

    private static final int BLOCK = 4_096;

    private final VectorScorer scorer;
    private final int items;

    FloatScan(FloatMatrix items, Similarity similarity) {
        this.items = items.rows();
        this.scorer = new VectorScorer(items, similarity);
    }

    /** The best {@code k} accepted items, best first, equal scores by index. */
    int[] search(float[] query, int k, ItemTest filter) {
        TopK top = new TopK(Math.min(k, items));
        float[] scores = new float[Math.min(BLOCK, items)];
        for (int from = 0; from < items; from += BLOCK) {
            int to = Math.min(from + BLOCK, items);
            scorer.scores(query, from, to, scores);
            for (int item = from; item < to; item++) {
                if (top.wouldKeep(item, scores[item - from]) && filter.test(item)) {
                    top.offer(item, scores[item - from]);
                }
            }
        }
        return top.drain(0, true).items();
    }

    /** The answers to all queries. */
    int[][] answers(float[][] queries, int k, ItemTest filter, int threads, Progress progress) {
        int[][] answers = new int[queries.length][];
        try (RowPool pool = new RowPool(threads)) {
            pool.forEachRow(
                    queries.length,
                    () -> row -> answers[row] = search(queries[row], k, filter),
                    "exact answers to " + queries.length + " queries",
                    progress);
        }
        return answers;
    }
}
