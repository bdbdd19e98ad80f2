package dev.funnel.candidate.retrieve;

import java.util.Arrays;

/** A number for each of some items: an open-addressed hash table over two primitive arrays, at most half full. */
final class ItemPositions {
    static final int NONE = -1;

    private final int[] items;
    private final int[] positions;

    /** @param most how many items there will be at most */
    ItemPositions(int most) {
        int slots = Integer.highestOneBit(Math.max(1, most)) * 4;
        this.items = new int[slots];
        this.positions = new int[slots];
        Arrays.fill(positions, NONE);
    }

    /** Gives an item a position from 0; false if it has one, which stays. */
    boolean putIfAbsent(int item, int position) {
        int slot = slot(item);
        if (positions[slot] != NONE) {
            return false;
        }
        items[slot] = item;
        positions[slot] = position;
        return true;
    }

    /** The item's position; {@link #NONE} if it has none. */
    int of(int item) {
        return positions[slot(item)];
    }

    /** Where the item is, or where it would go. */
    private int slot(int item) {
        int mask = items.length - 1;
        int slot = (item * 0x9E3779B9) >>> 7 & mask;
        while (positions[slot] != NONE && items[slot] != item) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
