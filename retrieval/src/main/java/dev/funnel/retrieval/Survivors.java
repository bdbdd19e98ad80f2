package dev.funnel.retrieval;

import java.util.Arrays;

/**
 * What a search that knows every score only between two bounds has not ruled out: items whose upper bound reaches the k-th best lower
 * bound so far. In the end a few more than k are left, and only those need their score. Not for several threads.
 */
public final class Survivors {

    private static final int ROOM = 1024;

    private final TopK lowerBounds;
    private final ItemFilter filter;
    private int[] items = new int[ROOM];
    private float[] upperBounds = new float[ROOM];
    private int count;
    private int filtered;

    /** What may be among the best {@code k} that the filter accepts. */
    public Survivors(int k, ItemFilter filter) {
        this.lowerBounds = new TopK(k);
        this.filter = filter;
    }

    /** An item with a score below this is not among the best. */
    public float threshold() {
        return lowerBounds.threshold();
    }

    /** Takes an item whose score lies between two bounds; a bound that is not a number bounds nothing. */
    public void add(int item, float lower, float upper) {
        if (lowerBounds.wouldKeep(item, lower)) {
            if (!filter.test(item)) {
                filtered++;
                return;
            }
            lowerBounds.offer(item, lower);
        }
        if (count == items.length) {
            makeRoom();
        }
        items[count] = item;
        upperBounds[count++] = upper;
    }

    /** Proposes all that is left. */
    public void settle(HitCollector collector) {
        drop();
        for (int i = 0; i < count; i++) {
            collector.propose(items[i]);
        }
        collector.addFiltered(filtered);
    }

    private void makeRoom() {
        drop();
        if (count > items.length / 2) {
            items = Arrays.copyOf(items, 2 * items.length);
            upperBounds = Arrays.copyOf(upperBounds, items.length);
        }
    }

    private void drop() {
        float threshold = threshold();
        int left = 0;
        for (int i = 0; i < count; i++) {
            if (!(upperBounds[i] < threshold)) {
                items[left] = items[i];
                upperBounds[left++] = upperBounds[i];
            }
        }
        count = left;
    }
}
