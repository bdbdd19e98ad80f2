package dev.funnel.inference.feature;

import dev.funnel.bundle.FloatMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The rows of a matrix as vectors: means, inner products and norms in a fixed order of summation. Rows of live items, which no
 * bundle's matrix has, are zeros, as those of stored items that training never saw.
 */
record VectorRows(MemorySegment values, int rows, int width) {
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

    /** Copies a row. */
    void copy(int row, float[] into) {
        MemorySegment.copy(values, ValueLayout.JAVA_FLOAT, (long) row * width * Float.BYTES, into, 0, width);
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

    /** Inner product, four sums side by side: the processor would wait for a single one. */
    float dot(int row, float[] other) {
        if (!holds(row)) {
            return 0;
        }
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        int c = 0;
        for (; c + 3 < width; c += 4) {
            sum0 = Math.fma(get(row, c), other[c], sum0);
            sum1 = Math.fma(get(row, c + 1), other[c + 1], sum1);
            sum2 = Math.fma(get(row, c + 2), other[c + 2], sum2);
            sum3 = Math.fma(get(row, c + 3), other[c + 3], sum3);
        }
        for (; c < width; c++) {
            sum0 = Math.fma(get(row, c), other[c], sum0);
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
