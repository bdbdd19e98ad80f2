package dev.funnel.benchmarks.retrieval;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.retrieval.Similarity;

/**
 * Items, queries and the exact answers.
 *
 * @param name where they are from, for people
 * @param items one row per item
 * @param queries one vector per query, as long as an item's
 * @param truth per query the best items, best first, at least {@code k} of them unless fewer are accepted
 * @param similarity by which they are the best
 */
public record VectorSet(String name, FloatMatrix items, float[][] queries, int[][] truth, Similarity similarity) {

    public VectorSet {
        if (queries.length != truth.length) {
            throw new IllegalArgumentException(queries.length + " queries but " + truth.length + " rows of truth");
        }
        for (float[] query : queries) {
            if (query.length != items.columns()) {
                throw new IllegalArgumentException(
                        "a query has " + query.length + " dimensions, the items have " + items.columns());
            }
        }
    }

    /** The same with other answers, e.g. those that a filter leaves. */
    VectorSet withTruth(int[][] other) {
        return new VectorSet(name, items, queries, other, similarity);
    }

    /** All rows of a matrix as arrays. */
    static float[][] rows(FloatMatrix matrix) {
        float[][] rows = new float[matrix.rows()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = matrix.row(row);
        }
        return rows;
    }
}
