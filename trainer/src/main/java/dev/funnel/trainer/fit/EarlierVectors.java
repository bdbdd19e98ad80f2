package dev.funnel.trainer.fit;

import dev.funnel.bundle.FloatMatrix;

/**
 * Item vectors of an earlier fit, for a new one to start from.
 *
 * @param vectors one row per item of the earlier fit
 * @param rowOf for each item of the new fit its row there, -1 if it was not among them
 */
public record EarlierVectors(FloatMatrix vectors, int[] rowOf) {

    /** How many items the new fit has. */
    int items() {
        return rowOf.length;
    }

    /** How many of them were there before. */
    public int known() {
        int known = 0;
        for (int row : rowOf) {
            known += row >= 0 ? 1 : 0;
        }
        return known;
    }

    /** Writes the vectors of the items that were there before over those given, row by row. */
    void copyInto(float[] items, int dimensions) {
        if (vectors.columns() != dimensions) {
            throw new IllegalArgumentException(
                    "earlier vectors have " + vectors.columns() + " dimensions, must have " + dimensions);
        }
        for (int item = 0; item < rowOf.length; item++) {
            if (rowOf[item] >= 0) {
                vectors.copyRow(rowOf[item], items, item * dimensions);
            }
        }
    }
}
