package dev.funnel.trainer.trees;

/**
 * Rows of numbers and what is to be predicted of them.
 *
 * @param values [rows, columns], NaN where missing
 * @param labels one a row
 */
public record FeatureRows(float[] values, int columns, float[] labels) {
    public FeatureRows {
        if (values.length != labels.length * columns) {
            throw new IllegalArgumentException(
                    "%d values are not %d rows of %d".formatted(values.length, labels.length, columns));
        }
    }
}
