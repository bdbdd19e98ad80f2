package dev.funnel.inference.feature;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * A few rows of a block, written feature by feature on the heap and then copied to the block in one go: so few stay in the nearest cache
 * meanwhile. Reused from block to block; for one thread.
 */
final class Tile {
    /** The most rows. */
    static final int ROWS = 32;

    /** Columns of most numbers; written without a loop. */
    private static final int WITH_POWERS_AND_FLAG = 4;

    private final float[] cells;
    private final float[] scaled = new float[ROWS];
    private final RowList rows = new RowList();
    private int width;

    /** @param mostColumns of a row */
    Tile(int mostColumns) {
        this.cells = new float[ROWS * mostColumns];
    }

    /** Begins rows of so many columns; all of them are to be written. */
    Tile begin(int columns) {
        this.width = columns;
        return this;
    }

    /** Room for one number a row. */
    float[] scaled() {
        return scaled;
    }

    /** Room for rows of tables. */
    RowList rows() {
        return rows;
    }

    /** Fills a column of the first {@code count} rows with a number for each. */
    void setColumn(int column, float[] numbers, int count) {
        for (int i = 0, at = column; i < count; i++, at += width) {
            cells[at] = numbers[i];
        }
    }

    /** Fills three columns with a number, its square and its square root (below 0: the root of -x, negated). */
    void setPowers(int column, float[] numbers, int count) {
        for (int i = 0, at = column; i < count; i++, at += width) {
            float number = numbers[i];
            cells[at] = number;
            cells[at + 1] = number * number;
            cells[at + 2] = Math.copySign((float) Math.sqrt(Math.abs(number)), number);
        }
    }

    /** Fills a column with 1 where a number, from {@code from} on, is missing, else 0. */
    void setMissing(int column, float[] numbers, int from, int count) {
        for (int i = 0, at = column; i < count; i++, at += width) {
            cells[at] = Missing.flag(numbers[from + i]);
        }
    }

    /**
     * Fills {@code columns} columns from {@code column} on with one of several rows of cells for each.
     *
     * @param entries which, from {@code from} on
     */
    void setEntries(int column, int columns, float[] of, int[] entries, int from, int count) {
        for (int i = 0, at = column; i < count; i++, at += width) {
            int entry = entries[from + i] * columns;
            if (columns == WITH_POWERS_AND_FLAG) {
                cells[at] = of[entry];
                cells[at + 1] = of[entry + 1];
                cells[at + 2] = of[entry + 2];
                cells[at + 3] = of[entry + 3];
            } else {
                for (int c = 0; c < columns; c++) {
                    cells[at + c] = of[entry + c];
                }
            }
        }
    }

    /** Fills a row from {@code column} on. */
    void set(int row, int column, float[] vector) {
        System.arraycopy(vector, 0, cells, row * width + column, vector.length);
    }

    /** Fills a row from {@code column} on with a row of a matrix. */
    void set(int row, int column, VectorRows vectors, int vector) {
        vectors.copy(vector, cells, row * width + column);
    }

    /** Fills a row from {@code column} on with the mean of rows of a matrix, those listed from {@code begin} to {@code end}. */
    void setMean(int row, int column, VectorRows vectors, int[] listed, int begin, int end) {
        if (end - begin == 1 && vectors.holds(listed[begin])) {
            set(row, column, vectors, listed[begin]);
            return;
        }
        clear(row, column, vectors.width());
        int at = row * width + column;
        for (int i = begin; i < end; i++) {
            vectors.addTo(cells, at, listed[i]);
        }
        VectorRows.divide(cells, at, vectors.width(), end - begin);
    }

    /** Fills {@code count} columns of a row with zeros. */
    void clear(int row, int column, int count) {
        int at = row * width + column;
        Arrays.fill(cells, at, at + count, 0);
    }

    /** Copies the first {@code count} rows to rows {@code first} and on. */
    void copyTo(float[] rows, int first, int count) {
        System.arraycopy(cells, 0, rows, first * width, count * width);
    }

    /** Copies the first {@code count} rows to a block of float32, from row {@code first} on. */
    void copyTo(MemorySegment block, int first, int count) {
        MemorySegment.copy(cells, 0, block, ValueLayout.JAVA_FLOAT, (long) first * width * Float.BYTES, count * width);
    }
}
