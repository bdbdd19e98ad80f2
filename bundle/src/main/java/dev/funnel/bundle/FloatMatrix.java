package dev.funnel.bundle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * A row-major matrix of 32-bit floats, a view of mapped memory or of an array; a vector of n values is n x 1. Immutable to its readers. A view of
 * mapped memory may be read until its arena is closed.
 */
public final class FloatMatrix {
    private final MemorySegment segment;
    private final int rows;
    private final int columns;

    FloatMatrix(MemorySegment segment, int rows, int columns) {
        this.segment = segment;
        this.rows = rows;
        this.columns = columns;
    }

    /** A matrix over {@code flat}, which is not copied: row r, column c is {@code flat[r * columns + c]}. */
    public static FloatMatrix of(float[] flat, int rows, int columns) {
        if (rows < 0 || columns < 0 || (long) rows * columns != flat.length) {
            throw new IllegalArgumentException(flat.length + " values do not fill " + rows + " x " + columns);
        }
        return new FloatMatrix(MemorySegment.ofArray(flat), rows, columns);
    }

    /** Number of rows. */
    public int rows() {
        return rows;
    }

    /** Number of columns. */
    public int columns() {
        return columns;
    }

    /** A view of the rows {@code from} to before {@code to}. */
    public FloatMatrix rows(int from, int to) {
        Objects.checkFromToIndex(from, to, rows);
        long rowBytes = (long) columns * Float.BYTES;
        return new FloatMatrix(segment.asSlice(from * rowBytes, (to - from) * rowBytes), to - from, columns);
    }

    /** The value at {@code row}, {@code column}. */
    public float get(int row, int column) {
        Objects.checkIndex(row, rows);
        Objects.checkIndex(column, columns);
        return segment.getAtIndex(ValueLayout.JAVA_FLOAT, (long) row * columns + column);
    }

    /** Copies row {@code row} to {@code into}, from position {@code at} on. */
    public void copyRow(int row, float[] into, int at) {
        Objects.checkIndex(row, rows);
        MemorySegment.copy(segment, ValueLayout.JAVA_FLOAT, (long) row * columns * Float.BYTES, into, at, columns);
    }

    /** A copy of row {@code row}. */
    public float[] row(int row) {
        float[] copy = new float[columns];
        copyRow(row, copy, 0);
        return copy;
    }

    /** A copy of all values, row after row; fails for more than 2^31 values. */
    public float[] toArray() {
        return segment.toArray(ValueLayout.JAVA_FLOAT);
    }

    /** The values, row after row, 4 bytes each. */
    public MemorySegment segment() {
        return segment;
    }
}
