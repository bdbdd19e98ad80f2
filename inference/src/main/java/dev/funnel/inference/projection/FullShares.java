package dev.funnel.inference.projection;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The shares of all items, row after row, float32. */
final class FullShares implements Shares {
    private final Arena arena = Arena.ofShared();
    private final ShareRows rows;

    FullShares(long items, int[] widths) {
        this.rows = new ShareRows(arena, items, widths);
    }

    @Override
    public boolean read(int item, MemorySegment[] into, int row) {
        rows.read(item, into, row);
        return true;
    }

    @Override
    public void keep(int item, float[][] shares, int row) {
        rows.write(item, shares, row);
    }

    @Override
    public void close() {
        arena.close();
    }
}
