package dev.funnel.bundle;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Where the values of each item of a live table lie: in the row the bundle stored, or in one appended since; and which items are
 * removed. Immutable: a {@link Writer} goes on with copies of the pages it changes.
 */
final class LiveRows {
    /** The values lie in the stored row. */
    static final int STORED = -1;

    private static final int SHIFT = 10;
    private static final int PAGE = 1 << SHIFT;

    /** A removed item whose values lie in appended row r has {@code REMOVED - 1 - r}; one with a stored row has this. */
    private static final int REMOVED = -2;

    private final int[][] pages;
    private final int size;

    private LiveRows(int[][] pages, int size) {
        this.pages = pages;
        this.size = size;
    }

    /** Number of items, removed ones included. */
    int size() {
        return size;
    }

    /** The appended row with the item's values, or {@link #STORED}. Removed items keep theirs: histories speak of them. */
    int row(int item) {
        int place = pages[item >>> SHIFT][item & (PAGE - 1)];
        return place >= STORED ? place : REMOVED - 1 - place;
    }

    boolean removed(int item) {
        return pages[item >>> SHIFT][item & (PAGE - 1)] <= REMOVED;
    }

    /** The items whose values lie in appended rows. */
    BitSet changed() {
        BitSet changed = new BitSet(size);
        for (int page = 0; page < pages.length; page++) {
            if (pages[page] != Writer.ALL_STORED) {
                markChanged(page << SHIFT, changed);
            }
        }
        return changed;
    }

    private void markChanged(int from, BitSet changed) {
        for (int item = from; item < Math.min(from + PAGE, size); item++) {
            if (row(item) != STORED) {
                changed.set(item);
            }
        }
    }

    /** Changes rows, and hands out what they are at a moment. For one thread. */
    static final class Writer {
        private static final int[] ALL_STORED = filled();

        private int[][] pages;
        private boolean[] owned;
        private int size;

        /** As many stored items, none of them changed. */
        Writer(int items) {
            size = items;
            pages = new int[((items - 1) >> SHIFT) + 1][];
            Arrays.fill(pages, ALL_STORED);
            owned = new boolean[pages.length];
        }

        /** A view of what is written so far and of what will be, for this thread. */
        LiveRows now() {
            return new LiveRows(pages, size);
        }

        /** What is written so far, for any thread. */
        LiveRows snapshot() {
            Arrays.fill(owned, false);
            return new LiveRows(pages.clone(), size);
        }

        /** The item's values lie in that appended row; an item that was removed is there again. */
        void put(int item, int row) {
            set(item, row);
        }

        /** The item's values have moved to that appended row. */
        void move(int item, int row) {
            set(item, now().removed(item) ? REMOVED - 1 - row : row);
        }

        void remove(int item) {
            LiveRows now = now();
            if (!now.removed(item)) {
                set(item, REMOVED - 1 - now.row(item));
            }
        }

        private void set(int item, int place) {
            int page = item >>> SHIFT;
            grow(page);
            if (!owned[page]) {
                pages[page] = pages[page].clone();
                owned[page] = true;
            }
            pages[page][item & (PAGE - 1)] = place;
            size = Math.max(size, item + 1);
        }

        private void grow(int page) {
            if (page >= pages.length) {
                int old = pages.length;
                pages = Arrays.copyOf(pages, page + 1);
                owned = Arrays.copyOf(owned, page + 1);
                Arrays.fill(pages, old, pages.length, ALL_STORED);
            }
        }

        private static int[] filled() {
            int[] page = new int[PAGE];
            Arrays.fill(page, STORED);
            return page;
        }
    }
}
