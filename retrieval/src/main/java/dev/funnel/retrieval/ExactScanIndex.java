package dev.funnel.retrieval;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTest;
import java.util.function.LongSupplier;

/**
 * The index that compares the query with every item: exact, without anything to build, and free to filter.
 *
 * <p>It scans the item matrix in place, {@value #BLOCK} rows at a time, at about the speed of memory, and looks at the deadline
 * before each block. A filter is asked only about items that would enter the best k, a few hundred of a million.
 */
public final class ExactScanIndex implements VectorIndex {

    /** Rows scored between two looks at the deadline: about 50 microseconds of work at 64 dimensions. */
    static final int BLOCK = 4096;

    private final FloatMatrix items;
    private final VectorScorer scorer;
    private final LongSupplier nanoTime;

    /** An index over the rows of {@code items}, which it reads in place and does not close. */
    public ExactScanIndex(FloatMatrix items, Similarity similarity) {
        this(items, similarity, VectorArithmetic.fastest(), System::nanoTime);
    }

    ExactScanIndex(FloatMatrix items, Similarity similarity, VectorArithmetic arithmetic, LongSupplier nanoTime) {
        this.items = items;
        this.scorer = new VectorScorer(items, similarity, arithmetic);
        this.nanoTime = nanoTime;
    }

    @Override
    public Hits search(float[] query, int k, ItemTest filter, SearchLimit limit) {
        QueryBounds.check(query, items.columns(), k);
        TopK top = new TopK(Math.min(k, size()));
        float[] scores = new float[Math.min(BLOCK, size())];
        ItemFilter accepted = ItemFilter.of(filter);
        int filtered = 0;
        int visited = 0;
        for (int from = accepted.next(0, size()); from < size(); ) {
            if (limit.reached(visited, nanoTime.getAsLong())) {
                return top.drain(filtered, false);
            }
            int to = Math.min(from + BLOCK, size());
            scorer.scores(query, from, to, scores);
            filtered += offer(top, from, to, scores, accepted);
            visited += to - from;
            from = accepted.next(to, size());
        }
        return top.drain(filtered, true);
    }

    @Override
    public float score(float[] query, int itemIndex) {
        return scorer.score(query, itemIndex);
    }

    @Override
    public boolean exact() {
        return true;
    }

    @Override
    public int size() {
        return items.rows();
    }

    @Override
    public String describe() {
        return "exact scan of " + size() + " items, " + scorer.describe();
    }

    @Override
    public void close() {}

    /** Offers a block's items; returns how many were good enough and rejected by the filter. */
    private static int offer(TopK top, int from, int to, float[] scores, ItemTest filter) {
        int filtered = 0;
        for (int item = from; item < to; item++) {
            float score = scores[item - from];
            if (top.wouldKeep(item, score)) {
                if (filter.test(item)) {
                    top.offer(item, score);
                } else {
                    filtered++;
                }
            }
        }
        return filtered;
    }
}
