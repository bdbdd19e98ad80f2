package dev.funnel.retrieval;

import dev.funnel.bundle.ItemTest;
import java.util.Arrays;

/**
 * Scores summed up by item: an open-addressed hash table over two primitive arrays, for the few thousand items that a history
 * is related to out of millions. Filled by {@link NeighbourLists#sums}; then only read.
 */
public final class NeighbourSums {

    private static final int FREE = -1;
    private static final int SMALLEST = 64;

    private static final int LARGEST_BEGINNING = 1 << 12;

    private int[] items;
    private float[] sums;
    private int size;

    /** @param expected how many sums there may be; with room for them, as far as that is not much */
    NeighbourSums(long expected) {
        int slots = SMALLEST;
        while (slots < LARGEST_BEGINNING && slots < expected) {
            slots *= 2;
        }
        this.items = free(slots);
        this.sums = new float[slots];
    }

    /** How many items have a sum. */
    public int size() {
        return size;
    }

    /** The sum of one item; 0 for an item that nothing in the history is related to. */
    public float score(int itemIndex) {
        int slot = slot(itemIndex);
        return items[slot] == FREE ? 0 : sums[slot];
    }

    /** Tells the visitor of each item that has a sum, in no order. */
    public void forEach(NeighbourLists.Visitor visitor) {
        for (int slot = 0; slot < items.length; slot++) {
            if (items[slot] != FREE) {
                visitor.neighbour(items[slot], sums[slot]);
            }
        }
    }

    /** The {@code k} items with the greatest sums among those the filter accepts. */
    public Hits best(int k, ItemTest filter) {
        TopK top = new TopK(Math.min(k, size));
        int filtered = 0;
        for (int slot = 0; slot < items.length; slot++) {
            if (items[slot] != FREE && top.wouldKeep(items[slot], sums[slot])) {
                if (filter.test(items[slot])) {
                    top.offer(items[slot], sums[slot]);
                } else {
                    filtered++;
                }
            }
        }
        return top.drain(filtered, true);
    }

    void add(int item, float score) {
        int slot = slot(item);
        if (items[slot] == FREE) {
            items[slot] = item;
            sums[slot] = score;
            if (++size * 2 > items.length) {
                grow();
            }
        } else {
            sums[slot] += score;
        }
    }

    private void grow() {
        int[] oldItems = items;
        float[] oldSums = sums;
        items = free(2 * oldItems.length);
        sums = new float[2 * oldItems.length];
        for (int old = 0; old < oldItems.length; old++) {
            if (oldItems[old] != FREE) {
                int slot = slot(oldItems[old]);
                items[slot] = oldItems[old];
                sums[slot] = oldSums[old];
            }
        }
    }

    /** Where the item is, or where it would go. */
    private int slot(int item) {
        int mask = items.length - 1;
        int slot = (item * 0x9E3779B9) >>> 7 & mask;
        while (items[slot] != FREE && items[slot] != item) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static int[] free(int length) {
        int[] items = new int[length];
        Arrays.fill(items, FREE);
        return items;
    }
}
