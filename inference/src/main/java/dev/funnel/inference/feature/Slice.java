package dev.funnel.inference.feature;

import org.jspecify.annotations.Nullable;

/**
 * Some candidates of a request being read, feature by feature; what several features ask of each candidate is worked out once. For one
 * thread.
 */
final class Slice {
    private final Request request;
    private final int from;
    private final int[] items;
    private final @Nullable ValueSlots[] slots;
    private final float[] @Nullable [] products;

    /**
     * Candidates from {@code from} on.
     *
     * @param items their item indexes; -1 is an item the bundle does not hold
     */
    Slice(Request request, int from, int[] items) {
        this.request = request;
        this.from = from;
        this.items = items;
        this.slots = new ValueSlots[request.summaries()];
        this.products = new float[request.means()][];
    }

    Request request() {
        return request;
    }

    /** Position in the pool of the slice's first candidate. */
    int from() {
        return from;
    }

    int[] items() {
        return items;
    }

    /** Where the items' values stand in the summary in that slot. */
    ValueSlots slots(int summary) {
        ValueSlots known = slots[summary];
        if (known == null) {
            known = request.summary(summary).slots(items);
            slots[summary] = known;
        }
        return known;
    }

    /** Inner products of the items' rows and the mean of the recent watches' rows; of no meaning for items not held. */
    float[] products(int mean, VectorRows rows) {
        float[] known = products[mean];
        if (known == null) {
            known = rows.dots(items, request.mean(mean));
            products[mean] = known;
        }
        return known;
    }
}
