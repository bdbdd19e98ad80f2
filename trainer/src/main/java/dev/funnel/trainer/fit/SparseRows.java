package dev.funnel.trainer.fit;

import java.util.Arrays;
import java.util.Objects;

/**
 * A sparse matrix of positive weights, row by row (compressed sparse rows): who interacted with what, how strongly.
 *
 * <p>Within a row columns ascend and occur once; entries given twice are added up. Entry {@code e} of row {@code r} lies
 * between {@code start(r)}, inclusive, and {@code end(r)}, exclusive.
 */
public final class SparseRows {

    private final int columnCount;
    private final int[] starts;
    private final int[] columns;
    private final float[] values;

    private SparseRows(int columnCount, int[] starts, int[] columns, float[] values) {
        this.columnCount = columnCount;
        this.starts = starts;
        this.columns = columns;
        this.values = values;
    }

    /**
     * A matrix from its entries in any order.
     *
     * @param row the row of each entry, 0 to {@code rows - 1}
     * @param column the column of each, 0 to {@code columns - 1}
     * @param value the weight of each, above 0 and finite
     * @throws IllegalArgumentException naming the first entry that is out of range
     */
    public static SparseRows of(int rows, int columns, int[] row, int[] column, float[] value) {
        check(rows, columns, row, column, value);
        SparseRows byColumn = distribute(columns, rows, column, row, value);
        return byColumn.transpose().merged();
    }

    /** How many rows it has. */
    public int rows() {
        return starts.length - 1;
    }

    /** How many columns it has. */
    public int columns() {
        return columnCount;
    }

    /** How many entries it has. */
    public int entries() {
        return columns.length;
    }

    /** The first entry of a row. */
    public int start(int row) {
        return starts[row];
    }

    /** One past the last entry of a row. */
    public int end(int row) {
        return starts[row + 1];
    }

    /** How many entries a row has. */
    public int count(int row) {
        return end(row) - start(row);
    }

    /** The column of an entry. */
    public int column(int entry) {
        return columns[entry];
    }

    /** The weight of an entry. */
    public float value(int entry) {
        return values[entry];
    }

    /** The columns of a row, ascending: a copy. */
    public int[] columnsOf(int row) {
        return Arrays.copyOfRange(columns, start(row), end(row));
    }

    /** The weights of a row, in the order of its columns: a copy. */
    public float[] valuesOf(int row) {
        return Arrays.copyOfRange(values, start(row), end(row));
    }

    /** Whether a row has an entry in a column. */
    public boolean has(int row, int column) {
        Objects.checkIndex(column, columnCount);
        return Arrays.binarySearch(columns, start(row), end(row), column) >= 0;
    }

    /** The same matrix, columns as rows. */
    public SparseRows transpose() {
        int[] rowOf = new int[entries()];
        for (int row = 0; row < rows(); row++) {
            Arrays.fill(rowOf, start(row), end(row), row);
        }
        return distribute(columnCount, rows(), columns, rowOf, values);
    }

    /**
     * The same matrix with at most {@code most} entries in any row. Of a longer row, entries at even distances are kept; as
     * columns stand in no meaningful order, that is a fair sample, and the same one every time.
     */
    public SparseRows thinned(int most) {
        int[] thinStarts = new int[starts.length];
        int[] thinColumns = new int[entries()];
        float[] thinValues = new float[entries()];
        int kept = 0;
        for (int row = 0; row < rows(); row++) {
            int count = count(row);
            for (int i = 0; i < count; i++) {
                if (count <= most || (i + 1L) * most / count > (long) i * most / count) {
                    thinColumns[kept] = columns[start(row) + i];
                    thinValues[kept++] = values[start(row) + i];
                }
            }
            thinStarts[row + 1] = kept;
        }
        return new SparseRows(
                columnCount, thinStarts, Arrays.copyOf(thinColumns, kept), Arrays.copyOf(thinValues, kept));
    }

    /** Counting sort by row; stable, so that within a row the order of the input is kept. */
    private static SparseRows distribute(int rows, int columns, int[] row, int[] column, float[] value) {
        int[] starts = new int[rows + 1];
        for (int r : row) {
            starts[r + 1]++;
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        int[] next = Arrays.copyOf(starts, rows);
        int[] sortedColumns = new int[column.length];
        float[] sortedValues = new float[value.length];
        for (int entry = 0; entry < row.length; entry++) {
            int at = next[row[entry]]++;
            sortedColumns[at] = column[entry];
            sortedValues[at] = value[entry];
        }
        return new SparseRows(columns, starts, sortedColumns, sortedValues);
    }

    /** Adds up neighbouring entries of equal column. */
    private SparseRows merged() {
        int[] mergedStarts = new int[starts.length];
        int[] mergedColumns = new int[entries()];
        float[] mergedValues = new float[entries()];
        int kept = 0;
        for (int row = 0; row < rows(); row++) {
            for (int entry = start(row); entry < end(row); entry++) {
                if (kept > mergedStarts[row] && mergedColumns[kept - 1] == columns[entry]) {
                    mergedValues[kept - 1] += values[entry];
                } else {
                    mergedColumns[kept] = columns[entry];
                    mergedValues[kept++] = values[entry];
                }
            }
            mergedStarts[row + 1] = kept;
        }
        return new SparseRows(
                columnCount, mergedStarts, Arrays.copyOf(mergedColumns, kept), Arrays.copyOf(mergedValues, kept));
    }

    private static void check(int rows, int columns, int[] row, int[] column, float[] value) {
        if (row.length != column.length || row.length != value.length) {
            throw new IllegalArgumentException(
                    row.length + " rows, " + column.length + " columns, " + value.length + " values: must be as many");
        }
        for (int e = 0; e < row.length; e++) {
            if (row[e] < 0 || row[e] >= rows || column[e] < 0 || column[e] >= columns) {
                throw new IllegalArgumentException("entry " + e + " is at row " + row[e] + ", column " + column[e]
                        + ", must be within " + rows + " x " + columns);
            }
            if (!(value[e] > 0 && value[e] <= Float.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "weight of entry " + e + " is " + value[e] + ", must be above 0 and finite");
            }
        }
    }
}
