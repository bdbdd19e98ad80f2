package dev.funnel.retrieval;

import dev.funnel.bundle.FloatMatrix;

/** Scores rows of an item matrix for a query by one {@link Similarity}: what every index returns as an item's score. */
public final class VectorScorer {

    private final FloatMatrix items;
    private final Similarity similarity;
    private final VectorArithmetic arithmetic;
    /** One over each row's length, 0 for the zero vector; empty unless the similarity is cosine. */
    private final float[] inverseLengths;

    /** A scorer over rows that it reads in place, with the fastest arithmetic there is. */
    public VectorScorer(FloatMatrix items, Similarity similarity) {
        this(items, similarity, VectorArithmetic.fastest());
    }

    VectorScorer(FloatMatrix items, Similarity similarity, VectorArithmetic arithmetic) {
        this.items = items;
        this.similarity = similarity;
        this.arithmetic = arithmetic;
        this.inverseLengths = similarity == Similarity.COSINE ? inverseLengths(items) : new float[0];
    }

    /** Writes the scores of the items {@code from} to {@code to - 1} to {@code into[0..]}. */
    public void scores(float[] query, int from, int to, float[] into) {
        switch (similarity) {
            case DOT -> arithmetic.dots(query, items, from, to, into);
            case COSINE -> {
                arithmetic.dots(query, items, from, to, into);
                scaleToCosine(query, from, to, into);
            }
            case EUCLIDEAN -> {
                arithmetic.squaredDistances(query, items, from, to, into);
                negate(into, to - from);
            }
        }
    }

    /** The score of one item: the same bits as among many. */
    public float score(float[] query, int itemIndex) {
        float[] one = new float[1];
        scores(query, itemIndex, itemIndex + 1, one);
        return one[0];
    }

    /** Similarity, dimensions and arithmetic, for people. */
    public String describe() {
        return similarity.label() + " in " + items.columns() + " dimensions, " + arithmetic.describe();
    }

    private void scaleToCosine(float[] query, int from, int to, float[] into) {
        float scale = inverseLength(query);
        for (int item = from; item < to; item++) {
            into[item - from] *= scale * inverseLengths[item];
        }
    }

    private static void negate(float[] values, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = -values[i];
        }
    }

    private static float[] inverseLengths(FloatMatrix items) {
        float[] row = new float[items.columns()];
        float[] inverse = new float[items.rows()];
        for (int item = 0; item < inverse.length; item++) {
            items.copyRow(item, row, 0);
            inverse[item] = inverseLength(row);
        }
        return inverse;
    }

    private static float inverseLength(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        return squares > 0 ? (float) (1 / Math.sqrt(squares)) : 0;
    }
}
