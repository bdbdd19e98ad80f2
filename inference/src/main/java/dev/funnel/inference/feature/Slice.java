package dev.funnel.inference.feature;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Some candidates of a request being read, feature by feature; what several features ask of each candidate is worked out once. For one
 * thread.
 */
final class Slice {
    private final Request request;
    private final int from;
    private final int size;
    private final int[] items;
    private final Room room;
    private final @Nullable ValueSlots[] slots;
    private final float[] @Nullable [] products;
    private int @Nullable [] zeros;

    /** Candidates {@code from} to {@code to}, read into {@code room}. */
    Slice(Request request, int from, int to, Room room) {
        this.request = request;
        this.from = from;
        this.size = to - from;
        this.items = room.ints(size);
        this.room = room;
        this.slots = new ValueSlots[request.summaries()];
        this.products = new float[request.means()][];
        System.arraycopy(request.input().candidates(), from, items, 0, size);
    }

    Request request() {
        return request;
    }

    /** Position in the pool of the slice's first candidate. */
    int from() {
        return from;
    }

    /** How many candidates there are. */
    int size() {
        return size;
    }

    /** Their item indexes; -1 is an item the bundle does not hold. May be longer. */
    int[] items() {
        return items;
    }

    /** Where what is read of them goes. */
    Room room() {
        return room;
    }

    /** The same number for all of them. */
    Numbers all(float value) {
        int[] first = zeros;
        if (first == null) {
            first = room.ints(size);
            Arrays.fill(first, 0, size, 0);
            zeros = first;
        }
        return new Numbers(new float[] {value}, first, size);
    }

    /** Where the items' values stand in the summary in that slot. */
    ValueSlots slots(int summary) {
        ValueSlots known = slots[summary];
        if (known == null) {
            known = request.summary(summary).slots(this);
            slots[summary] = known;
        }
        return known;
    }

    /** Inner products of the items' rows and the mean of the recent watches' rows; of no meaning for items not held. */
    float[] products(int mean, VectorRows rows) {
        float[] known = products[mean];
        if (known == null) {
            known = room.floats(size);
            rows.dots(items, size, request.mean(mean), room.floats(VectorRows.COPIED * rows.width()), known);
            products[mean] = known;
        }
        return known;
    }
}
