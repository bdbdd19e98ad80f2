package dev.funnel.bundle;

import java.util.BitSet;

/**
 * Where the values of each item of a live table lie: in the row the bundle stored, or in one appended since; and which items are
 * removed. Immutable: a {@link Writer} changes copies.
 */
final class LiveRows {
    /** The values lie in the stored row. */
    static final int STORED = -1;

    /** A removed item whose values lie in appended row r has {@code REMOVED - 1 - r}; one with a stored row has this. */
    private static final int REMOVED = -2;

    private final PagedInts places;

    private LiveRows(PagedInts places) {
        this.places = places;
    }

    /** Number of items, removed ones included. */
    int size() {
        return places.size();
    }

    /** The appended row with the item's values, or {@link #STORED}. Removed items keep theirs: histories speak of them. */
    int row(int item) {
        int place = places.get(item);
        return place >= STORED ? place : REMOVED - 1 - place;
    }

    boolean removed(int item) {
        return places.get(item) <= REMOVED;
    }

    /** The items whose values lie in appended rows. */
    BitSet changed() {
        BitSet changed = new BitSet(size());
        places.candidates().filter(item -> row(item) != STORED).forEach(changed::set);
        return changed;
    }

    /** Changes rows, and hands out what they are at a moment. For one thread. */
    static final class Writer {
        private final PagedInts.Writer places;

        /** As many stored items, none of them changed. */
        Writer(int items) {
            places = new PagedInts.Writer(items, STORED);
        }

        /** A view of what is written so far, for this thread, until the next is written. */
        LiveRows now() {
            return new LiveRows(places.now());
        }

        /** What is written so far, for any thread. */
        LiveRows snapshot() {
            return new LiveRows(places.snapshot());
        }

        /** The item's values lie in that appended row; an item that was removed is there again. */
        void put(int item, int row) {
            places.set(item, row);
        }

        /** The item's values have moved to that appended row. */
        void move(int item, int row) {
            places.set(item, now().removed(item) ? REMOVED - 1 - row : row);
        }

        void remove(int item) {
            LiveRows now = now();
            if (!now.removed(item)) {
                places.set(item, REMOVED - 1 - now.row(item));
            }
        }
    }
}
