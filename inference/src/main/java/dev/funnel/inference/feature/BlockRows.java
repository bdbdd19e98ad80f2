package dev.funnel.inference.feature;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A block's rows from one row on.
 *
 * @param values the whole block, row-major
 * @param width columns of the block
 * @param valueBytes bytes of one value: 4 in a block of float32, 8 in one of int64
 * @param first the row that is row 0 here
 */
record BlockRows(MemorySegment values, int width, int valueBytes, int first) {
    /** Sets a value of a block of int64. */
    void setIndex(int row, int column, long value) {
        values.setAtIndex(ValueLayout.JAVA_LONG, (long) (first + row) * width + column, value);
    }

    /** Copies row 0 to the {@code count - 1} rows after it. */
    void repeatFirst(int count) {
        long length = (long) width * valueBytes;
        for (int row = 1; row < count; row++) {
            MemorySegment.copy(values, first * length, values, (first + row) * length, length);
        }
    }
}
