package dev.funnel.inference.projection;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** The shares of all items, row after row, as IEEE 754 binary16. What does not fit its range is kept as its largest number. */
final class HalfShares implements Shares {
    private static final float LARGEST = 65_504;

    private final Arena arena = Arena.ofShared();
    private final int[] widths;
    private final long rowNumbers;
    private final MemorySegment rows;

    HalfShares(long items, int[] widths) {
        this.widths = widths.clone();
        this.rowNumbers = Arrays.stream(widths).sum();
        this.rows = arena.allocate(items * rowNumbers * Short.BYTES, Short.BYTES);
    }

    @Override
    public boolean read(int item, MemorySegment[] into, int row) {
        long from = item * rowNumbers;
        for (int share = 0; share < widths.length; share++) {
            int width = widths[share];
            long to = (long) row * width;
            for (int i = 0; i < width; i++) {
                short half = rows.getAtIndex(ValueLayout.JAVA_SHORT, from + i);
                into[share].setAtIndex(ValueLayout.JAVA_FLOAT, to + i, Float.float16ToFloat(half));
            }
            from += width;
        }
        return true;
    }

    @Override
    public void keep(int item, float[][] shares, int row) {
        long at = item * rowNumbers;
        for (int share = 0; share < widths.length; share++) {
            for (int i = 0; i < widths[share]; i++) {
                rows.setAtIndex(ValueLayout.JAVA_SHORT, at++, half(shares[share][row * widths[share] + i]));
            }
        }
    }

    static short half(float value) {
        return Float.floatToFloat16(Math.clamp(value, -LARGEST, LARGEST));
    }

    @Override
    public void close() {
        arena.close();
    }
}
