package dev.funnel.trainer.trees;

import java.util.Arrays;

/**
 * Rows of numbers and what is to be predicted of them.
 *
 * @param values [rows, columns], NaN where missing
 * @param labels one a row
 * @param weights how much each row counts; 0 or more
 */
public record FeatureRows(float[] values, int columns, float[] labels, float[] weights) {
    public FeatureRows {
        if (values.length != (long) labels.length * columns || weights.length != labels.length) {
            throw new IllegalArgumentException("%d values and %d weights are not those of %d rows of %d"
                    .formatted(values.length, weights.length, labels.length, columns));
        }
    }

    /** Rows that all count 1. */
    public static FeatureRows alike(float[] values, int columns, float[] labels) {
        float[] weights = new float[labels.length];
        Arrays.fill(weights, 1);
        return new FeatureRows(values, columns, labels, weights);
    }
}
