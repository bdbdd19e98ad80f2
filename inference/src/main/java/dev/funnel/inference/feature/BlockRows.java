package dev.funnel.inference.feature;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A block's rows from one row on, written feature by feature.
 *
 * @param values the whole block, row-major
 * @param width columns of the block
 * @param valueBytes bytes of one value: 4 in a block of float32, 8 in one of int64
 * @param first the row that is row 0 here
 */
record BlockRows(MemorySegment values, int width, int valueBytes, int first) {
    /** Sets a value of a block of int64. */
    void setIndex(int row, int column, long value) {
        values.setAtIndex(ValueLayout.JAVA_LONG, index(row, column), value);
    }

    void set(int row, int column, float value) {
        values.setAtIndex(ValueLayout.JAVA_FLOAT, index(row, column), value);
    }

    /** Fills a row from {@code column} on. */
    void set(int row, int column, float[] vector) {
        MemorySegment.copy(vector, 0, values, ValueLayout.JAVA_FLOAT, bytes(row, column), vector.length);
    }

    /** Fills a row from {@code column} on with a row of a matrix. */
    void set(int row, int column, VectorRows vectors, int vector) {
        long length = (long) vectors.width() * Float.BYTES;
        MemorySegment.copy(vectors.values(), vector * length, values, bytes(row, column), length);
    }

    /** Adds a row of a matrix to a row from {@code column} on. */
    void add(int row, int column, VectorRows vectors, int vector) {
        long at = index(row, column);
        for (int c = 0; c < vectors.width() && vectors.holds(vector); c++) {
            float sum = values.getAtIndex(ValueLayout.JAVA_FLOAT, at + c) + vectors.get(vector, c);
            values.setAtIndex(ValueLayout.JAVA_FLOAT, at + c, sum);
        }
    }

    /** Divides {@code count} columns of a row; by less than two: leaves them as they are. */
    void divide(int row, int column, int count, int divisor) {
        long at = index(row, column);
        for (int c = 0; c < count && divisor > 1; c++) {
            float quotient = values.getAtIndex(ValueLayout.JAVA_FLOAT, at + c) / divisor;
            values.setAtIndex(ValueLayout.JAVA_FLOAT, at + c, quotient);
        }
    }

    /** Fills {@code count} columns of a row with zeros. */
    void clear(int row, int column, int count) {
        values.asSlice(bytes(row, column), (long) count * Float.BYTES).fill((byte) 0);
    }

    /** Copies row 0 to the {@code count - 1} rows after it. */
    void repeatFirst(int count) {
        long length = (long) width * valueBytes;
        for (int row = 1; row < count; row++) {
            MemorySegment.copy(values, bytes(0, 0), values, bytes(row, 0), length);
        }
    }

    private long index(int row, int column) {
        return (long) (first + row) * width + column;
    }

    private long bytes(int row, int column) {
        return index(row, column) * valueBytes;
    }
}
