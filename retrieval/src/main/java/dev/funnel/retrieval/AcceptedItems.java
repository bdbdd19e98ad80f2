package dev.funnel.retrieval;

import java.util.function.LongSupplier;

/** The exact search for a filter that leaves few items: each of them is scored, and nothing else. */
public final class AcceptedItems {

    private static final int BETWEEN_LOOKS = 256;

    private AcceptedItems() {}

    /** Proposes every item of the filter's bitmap, or every item that passes its test, of {@code size} items. */
    public static Hits search(
            ItemFilter filter, int size, HitCollector collector, SearchLimit limit, LongSupplier nanoTime) {
        int visited = 0;
        for (int item = filter.next(0, size); item < size; item = filter.next(item + 1, size)) {
            if (visited++ % BETWEEN_LOOKS == 0 && limit.reached(visited - 1, nanoTime.getAsLong())) {
                return collector.hits(false);
            }
            if (filter.test(item)) {
                collector.propose(item);
            }
        }
        return collector.hits(true);
    }
}
