package dev.funnel.inference.feature;

import dev.funnel.bundle.FloatMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a matrix as vectors: means, inner products and norms in a fixed order of summation. Rows of live items, which no
 * bundle's matrix has, are zeros, as those of stored items that training never saw.
 */
record VectorRows(MemorySegment values, float @Nullable [] near, int rows, int width) {
    /** Up to here a loop is faster than a copy of the block. */
    private static final int MOST_SINGLY = 16;

    /** How many rows are copied at a time. */
    static final int COPIED = 32;

    /** Numbers of a table that is copied to the heap, at most: 256 KiB. */
    private static final long MOST_NEAR = 1 << 16;

    static VectorRows of(FloatMatrix matrix) {
        return new VectorRows(matrix.segment(), null, matrix.rows(), matrix.columns());
    }

    /**
     * The same, a small table off the heap copied to it: reading a few numbers there takes as long as checking whether they may be read.
     * What is on the heap is read where it is: whoever changes it is seen.
     */
    static VectorRows near(FloatMatrix matrix) {
        MemorySegment values = matrix.segment();
        boolean small = (long) matrix.rows() * matrix.columns() <= MOST_NEAR;
        return values.isNative() && small
                ? new VectorRows(values, matrix.toArray(), matrix.rows(), matrix.columns())
                : of(matrix);
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
        if (near != null) {
            System.arraycopy(near, row * width, into, at, width);
            return;
        }
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
        if (holds(row) && near != null) {
            for (int c = 0; c < width; c++) {
                sum[at + c] += near[row * width + c];
            }
        } else if (holds(row)) {
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

    /**
     * Fills {@code into} with the inner products of the first {@code count} of these rows with a vector; 0 where there is no such row. A
     * few rows are copied before the first of them is multiplied: so the processor waits for their memory at once, not for one row after
     * the other.
     *
     * @param copies room for {@link #COPIED} rows
     */
    void dots(int[] of, int count, float[] other, float[] copies, float[] into) {
        for (int from = 0; from < count; from += COPIED) {
            int to = Math.min(count, from + COPIED);
            for (int i = from; i < to; i++) {
                if (of[i] >= 0 && holds(of[i])) {
                    copy(of[i], copies, (i - from) * width);
                }
            }
            for (int i = from; i < to; i++) {
                into[i] = of[i] >= 0 && holds(of[i]) ? dot(copies, (i - from) * width, other) : 0;
            }
        }
    }

    /** Inner product, four sums side by side: the processor would wait for a single one. */
    private static float dot(float[] rows, int at, float[] other) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        int c = 0;
        for (; c + 3 < other.length; c += 4) {
            sum0 = Math.fma(rows[at + c], other[c], sum0);
            sum1 = Math.fma(rows[at + c + 1], other[c + 1], sum1);
            sum2 = Math.fma(rows[at + c + 2], other[c + 2], sum2);
            sum3 = Math.fma(rows[at + c + 3], other[c + 3], sum3);
        }
        for (; c < other.length; c++) {
            sum0 = Math.fma(rows[at + c], other[c], sum0);
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
