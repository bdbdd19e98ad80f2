package dev.funnel.bundle;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A number for each index from 0, most of them the same one. Immutable: a {@link Writer} goes on with copies of the pages it changes. */
public final class PagedInts {
    private static final int SHIFT = 10;
    private static final int PAGE = 1 << SHIFT;

    private final int[][] pages;
    private final int[] unwritten;
    private final int size;

    private PagedInts(int[][] pages, int[] unwritten, int size) {
        this.pages = pages;
        this.unwritten = unwritten;
        this.size = size;
    }

    /** One above the highest index that is written or was there from the start. */
    int size() {
        return size;
    }

    /** The number at an index; beyond what was ever written the usual one. */
    public int get(int index) {
        int page = index >>> SHIFT;
        return page < pages.length ? pages[page][index & (PAGE - 1)] : unwritten[0];
    }

    /** Ascending, the indexes of all numbers written, and of some others. */
    IntStream candidates() {
        return IntStream.range(0, pages.length)
                .filter(page -> pages[page] != unwritten)
                .flatMap(page -> IntStream.range(page << SHIFT, Math.min((page + 1) << SHIFT, size)));
    }

    /** Changes numbers, and hands out what they are at a moment. For one thread. */
    public static final class Writer {
        private final int[] unwritten = new int[PAGE];
        private int[][] pages;
        private boolean[] owned;
        private int size;

        /** The same number at every index, {@code size} of them to begin with. */
        public Writer(int size, int everywhere) {
            Arrays.fill(unwritten, everywhere);
            this.size = size;
            this.pages = new int[((size - 1) >> SHIFT) + 1][];
            Arrays.fill(pages, unwritten);
            this.owned = new boolean[pages.length];
        }

        /** A view of what is written so far, for this thread, until the next is written. */
        public PagedInts now() {
            return new PagedInts(pages, unwritten, size);
        }

        /** What is written so far, for any thread. */
        public PagedInts snapshot() {
            Arrays.fill(owned, false);
            return new PagedInts(pages.clone(), unwritten, size);
        }

        /** Takes the memory that {@link #set} needs at an index from 0, so that it cannot fail for want of it before the next snapshot. */
        public void prepare(int index) {
            if (index < 0) {
                throw new IndexOutOfBoundsException(index);
            }
            int page = index >>> SHIFT;
            grow(page);
            if (!owned[page]) {
                pages[page] = pages[page].clone();
                owned[page] = true;
            }
        }

        /** Writes one; at any index from 0. */
        public void set(int index, int value) {
            prepare(index);
            pages[index >>> SHIFT][index & (PAGE - 1)] = value;
            size = Math.max(size, index + 1);
        }

        private void grow(int page) {
            if (page >= pages.length) {
                int old = pages.length;
                pages = Arrays.copyOf(pages, page + 1);
                owned = Arrays.copyOf(owned, page + 1);
                Arrays.fill(pages, old, pages.length, unwritten);
            }
        }
    }
}
