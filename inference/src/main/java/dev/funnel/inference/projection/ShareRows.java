package dev.funnel.inference.projection;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** Rows of shares in memory off the heap, float32: the shares of one item side by side. */
final class ShareRows {
    private final int[] widths;
    private final long rowBytes;
    private final MemorySegment rows;

    /** Room for {@code places} items, as long as the arena lives. */
    ShareRows(Arena arena, long places, int[] widths) {
        this.widths = widths.clone();
        this.rowBytes = (long) Arrays.stream(widths).sum() * Float.BYTES;
        this.rows = arena.allocate(places * rowBytes, Float.BYTES);
    }

    /** Copies the shares at a place into a row of the segments, one a share. */
    void read(long place, MemorySegment[] into, int row) {
        long from = place * rowBytes;
        for (int share = 0; share < widths.length; share++) {
            long length = (long) widths[share] * Float.BYTES;
            MemorySegment.copy(rows, from, into[share], row * length, length);
            from += length;
        }
    }

    /** Copies a row of the arrays, one a share, to a place. */
    void write(long place, float[][] shares, int row) {
        long at = place * rowBytes;
        for (int share = 0; share < widths.length; share++) {
            int width = widths[share];
            MemorySegment.copy(shares[share], row * width, rows, ValueLayout.JAVA_FLOAT, at, width);
            at += (long) width * Float.BYTES;
        }
    }
}
