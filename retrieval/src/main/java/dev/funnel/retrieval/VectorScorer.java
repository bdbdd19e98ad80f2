package dev.funnel.retrieval;

import dev.funnel.bundle.FloatMatrix;

/** Scores rows of an item matrix for a query by one {@link Similarity}: what every index returns as an item's score. */
public final class VectorScorer {

    private final FloatMatrix items;
    private final Similarity similarity;
    private final VectorArithmetic arithmetic;
    /** What each row's inner product is multiplied by; empty where that is one. */
    private final float[] scales;

    /** A scorer over rows that it reads in place, with the fastest arithmetic there is. */
    public VectorScorer(FloatMatrix items, Similarity similarity) {
        this(items, similarity, VectorArithmetic.fastest());
    }

    /** The same with a given arithmetic, which changes the speed and nothing else. */
    public VectorScorer(FloatMatrix items, Similarity similarity, VectorArithmetic arithmetic) {
        this.items = items;
        this.similarity = similarity;
        this.arithmetic = arithmetic;
        this.scales = similarity.exponent() == 1 ? new float[0] : scales(items, similarity);
    }

    /** Writes the scores of the items {@code from} to {@code to - 1} to {@code into[0..]}. */
    public void scores(float[] query, int from, int to, float[] into) {
        switch (similarity.kind()) {
            case DOT -> arithmetic.dots(query, items, from, to, into);
            case COSINE, NORM_TEMPERED_DOT -> {
                arithmetic.dots(query, items, from, to, into);
                scale(similarity.scale(query), from, to, into);
            }
            case EUCLIDEAN -> {
                arithmetic.squaredDistances(query, items, from, to, into);
                negate(into, to - from);
            }
        }
    }

    /** Writes the scores of the first {@code count} items named to {@code into[0..]}. */
    public void scores(float[] query, int[] named, int count, float[] into) {
        switch (similarity.kind()) {
            case DOT -> arithmetic.dots(query, items, named, count, into);
            case COSINE, NORM_TEMPERED_DOT -> {
                arithmetic.dots(query, items, named, count, into);
                float queryScale = similarity.scale(query);
                for (int i = 0; i < count; i++) {
                    into[i] = into[i] * (queryScale * scales[named[i]]) + 0f;
                }
            }
            case EUCLIDEAN -> {
                arithmetic.squaredDistances(query, items, named, count, into);
                negate(into, count);
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

    private void scale(float queryScale, int from, int to, float[] into) {
        for (int item = from; item < to; item++) {
            into[item - from] = into[item - from] * (queryScale * scales[item]) + 0f; // never -0
        }
    }

    private static void negate(float[] values, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = 0 - values[i]; // never -0
        }
    }

    private static float[] scales(FloatMatrix items, Similarity similarity) {
        float[] row = new float[items.columns()];
        float[] scales = new float[items.rows()];
        for (int item = 0; item < scales.length; item++) {
            items.copyRow(item, row, 0);
            scales[item] = similarity.scale(row);
        }
        return scales;
    }
}
