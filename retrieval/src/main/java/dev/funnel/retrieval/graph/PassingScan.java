package dev.funnel.retrieval.graph;

import dev.funnel.retrieval.HitCollector;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.ItemFilter;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.Survivors;
import java.util.function.LongSupplier;

/**
 * The exact search for a filter whose bitmap leaves a part of the items: only those are looked at, the longest first, in the graph's
 * eight-bit codes, which bound each score from both sides; what may be among the best is scored from the item matrix. Ends where items are
 * so short that none of the rest can be.
 */
final class PassingScan {

    /** Items between two looks at the deadline: some microseconds. */
    private static final int CHUNK = 256;

    private final CodedItems items;
    private final int[] named = new int[CHUNK];
    private final float[] closeness = new float[CHUNK];

    PassingScan(CodedItems items) {
        this.items = items;
    }

    /**
     * Proposes what may be among the best {@code wanted}.
     *
     * @param from measures from the query
     * @param filter asked about items that would enter the best
     */
    Hits search(
            PassingNodes passing,
            Closeness from,
            CodedBounds bounds,
            int wanted,
            ItemFilter filter,
            HitCollector collector,
            SearchLimit limit,
            LongSupplier nanoTime) {
        Survivors survivors = new Survivors(wanted, filter);
        int visited = 0;
        boolean complete = true;
        int next = 0;
        while (complete) {
            int count = passing.list(next, named);
            if (count == 0 || bounds.bound(items.lengths()[named[0]]) < survivors.threshold()) {
                break;
            }
            complete = !limit.reached(visited, nanoTime.getAsLong());
            if (complete) {
                from.to(named, count, closeness);
                add(count, bounds, survivors);
                visited += count;
                next = named[count - 1] + 1;
            }
        }
        survivors.settle(collector);
        return collector.hits(complete);
    }

    private void add(int count, CodedBounds bounds, Survivors survivors) {
        float threshold = survivors.threshold();
        for (int i = 0; i < count; i++) {
            int node = named[i];
            float half = bounds.halfWidth(items.scales()[node], items.lengths()[node]);
            float upper = closeness[i] + half;
            if (!(upper < threshold)) {
                survivors.add(items.order()[node], closeness[i] - half, upper);
                threshold = survivors.threshold();
            }
        }
    }
}
