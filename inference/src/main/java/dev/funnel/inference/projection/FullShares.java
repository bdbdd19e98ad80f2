package dev.funnel.inference.projection;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** The shares of all items, row after row, float32. */
final class FullShares implements Shares {
    private final Arena arena = Arena.ofShared();
    private final int[] widths;
    private final long rowBytes;
    private final MemorySegment rows;

    FullShares(long items, int[] widths) {
        this.widths = widths.clone();
        this.rowBytes = (long) Arrays.stream(widths).sum() * Float.BYTES;
        this.rows = arena.allocate(items * rowBytes, Float.BYTES);
    }

    @Override
    public boolean read(int item, MemorySegment[] into, int row) {
        long from = item * rowBytes;
        for (int share = 0; share < widths.length; share++) {
            long length = (long) widths[share] * Float.BYTES;
            MemorySegment.copy(rows, from, into[share], row * length, length);
            from += length;
        }
        return true;
    }

    @Override
    public void keep(int item, float[][] shares, int row) {
        long at = item * rowBytes;
        for (int share = 0; share < widths.length; share++) {
            int width = widths[share];
            MemorySegment.copy(shares[share], row * width, rows, ValueLayout.JAVA_FLOAT, at, width);
            at += (long) width * Float.BYTES;
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
