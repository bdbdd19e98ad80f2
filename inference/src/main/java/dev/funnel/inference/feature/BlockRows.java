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

    /** Fills a column with a number for each row from {@code from} on. */
    void setColumn(int from, int column, float[] numbers) {
        long at = index(from, column);
        for (int i = 0; i < numbers.length; i++) {
            values.setAtIndex(ValueLayout.JAVA_FLOAT, at + (long) i * width, numbers[i]);
        }
    }

    /** Fills three columns with a number, its square and its square root (below 0: the root of -x, negated). */
    void setPowers(int from, int column, float[] numbers) {
        long at = index(from, column);
        for (int i = 0; i < numbers.length; i++) {
            float number = numbers[i];
            float root = (float) Math.sqrt(Math.abs(number));
            long row = at + (long) i * width;
            values.setAtIndex(ValueLayout.JAVA_FLOAT, row, number);
            values.setAtIndex(ValueLayout.JAVA_FLOAT, row + 1, number * number);
            values.setAtIndex(ValueLayout.JAVA_FLOAT, row + 2, Math.copySign(root, number));
        }
    }

    /** Fills a column of rows {@code from} to {@code to} with 1 where a number is missing, else 0. */
    void setMissing(int from, int to, int column, float[] numbers) {
        long at = index(from, column);
        for (int i = 0; i < to - from; i++) {
            float missing = Float.isNaN(numbers[from + i]) ? 1 : 0;
            values.setAtIndex(ValueLayout.JAVA_FLOAT, at + (long) i * width, missing);
        }
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
