package dev.funnel.reranker.snapshot;

import dev.funnel.bundle.ItemTable;

/** Tells click-bait: how probably a click on an item is left at once. Reads the item alone. Thread-safe. */
public interface ClickBaitModel extends AutoCloseable {
    /**
     * One probability for each item, in the order given; 0 for items that the bundle does not hold.
     *
     * @param items item indexes; -1 is an item that the bundle does not hold
     * @param timeMillis the instant the slate is for
     */
    float[] probabilities(int[] items, long timeMillis);

    /** This model reading the items as they are now; both share what it holds, and one of them is closed. */
    default ClickBaitModel over(ItemTable items) {
        return this;
    }

    /** Frees what it holds. */
    @Override
    default void close() {}
}
