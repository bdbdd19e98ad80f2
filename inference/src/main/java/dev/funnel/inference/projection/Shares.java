package dev.funnel.inference.projection;

import java.lang.foreign.MemorySegment;

/** Shares of items that are kept off the heap, by item index. Thread-safe. */
sealed interface Shares extends AutoCloseable permits FullShares, HalfShares, ShareCache, NoShares {
    /**
     * Copies the shares of an item, if they are kept.
     *
     * @param into per share the block it goes into
     * @param row row of the blocks
     * @return false if they are not kept
     */
    boolean read(int item, MemorySegment[] into, int row);

    /** Keeps the shares of an item, if there is a place for them: {@code widths} numbers of each, from number {@code at} on. */
    void keep(int item, float[][] shares, int row);

    /** Frees the memory. */
    @Override
    void close();
}
