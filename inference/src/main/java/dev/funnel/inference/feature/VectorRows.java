package dev.funnel.inference.feature;

import dev.funnel.bundle.FloatMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The rows of a matrix as vectors: means, inner products and norms in a fixed order of summation. Rows of live items, which no
 * bundle's matrix has, are zeros, as those of stored items that training never saw.
 */
record VectorRows(MemorySegment values, int rows, int width) {
    /** Up to here a loop is faster than a copy of the block. */
    private static final int MOST_SINGLY = 16;

    static VectorRows of(FloatMatrix matrix) {
        return new VectorRows(matrix.segment(), matrix.rows(), matrix.columns());
    }

    /** Whether there is such a row; one that there is not counts as zeros. */
    boolean holds(int row) {
        return row < rows;
    }

    float get(int row, int column) {
        return values.getAtIndex(ValueLayout.JAVA_FLOAT, (long) row * width + column);
    }

    /** Copies a row to {@code into}, from {@code at} on. */
    void copy(int row, float[] into, int at) {
        if (width > MOST_SINGLY) {
            MemorySegment.copy(values, ValueLayout.JAVA_FLOAT, (long) row * width * Float.BYTES, into, at, width);
            return;
        }
        long first = (long) row * width;
        for (int c = 0; c < width; c++) {
            into[at + c] = values.getAtIndex(ValueLayout.JAVA_FLOAT, first + c);
        }
    }

    /** Adds a row to {@code sum}, from {@code at} on; one that there is not counts as zeros. */
    void addTo(float[] sum, int at, int row) {
        if (holds(row)) {
            long first = (long) row * width;
            for (int c = 0; c < width; c++) {
                sum[at + c] += values.getAtIndex(ValueLayout.JAVA_FLOAT, first + c);
            }
        }
    }

    /** Makes the sum of {@code count} rows, {@code width} numbers from {@code at} on, their mean. */
    static void divide(float[] sum, int at, int width, int count) {
        for (int c = at; c < at + width && count > 1; c++) {
            sum[c] /= count;
        }
    }

    /** Weighted mean of the rows; the zero vector if the weights add up to nothing. */
    float[] mean(int[] of, float[] weights) {
        float[] mean = new float[width];
        float sum = 0;
        for (int i = 0; i < of.length; i++) {
            sum += weights[i];
            for (int c = 0; c < width && holds(of[i]); c++) {
                mean[c] = Math.fma(weights[i], get(of[i], c), mean[c]);
            }
        }
        for (int c = 0; c < width && sum > 0; c++) {
            mean[c] /= sum;
        }
        return mean;
    }

    /** Inner product of each of these rows with a vector; 0 where there is no such row, of no meaning for row -1. */
    float[] dots(int[] of, float[] other) {
        float[] products = new float[of.length];
        float[] row = new float[width];
        for (int i = 0; i < products.length; i++) {
            if (of[i] >= 0 && holds(of[i])) {
                copy(of[i], row, 0);
                products[i] = dot(row, other);
            }
        }
        return products;
    }

    /** Inner product, four sums side by side: the processor would wait for a single one. */
    private static float dot(float[] row, float[] other) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        int c = 0;
        for (; c + 3 < row.length; c += 4) {
            sum0 = Math.fma(row[c], other[c], sum0);
            sum1 = Math.fma(row[c + 1], other[c + 1], sum1);
            sum2 = Math.fma(row[c + 2], other[c + 2], sum2);
            sum3 = Math.fma(row[c + 3], other[c + 3], sum3);
        }
        for (; c < row.length; c++) {
            sum0 = Math.fma(row[c], other[c], sum0);
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    /** Euclidean norm of every row. */
    float[] norms() {
        float[] norms = new float[rows];
        for (int row = 0; row < norms.length; row++) {
            float sum = 0;
            for (int c = 0; c < width; c++) {
                sum = Math.fma(get(row, c), get(row, c), sum);
            }
            norms[row] = (float) Math.sqrt(sum);
        }
        return norms;
    }

    static float norm(float[] vector) {
        float sum = 0;
        for (float value : vector) {
            sum = Math.fma(value, value, sum);
        }
        return (float) Math.sqrt(sum);
    }
}
