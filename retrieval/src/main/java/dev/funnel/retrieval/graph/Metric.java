package dev.funnel.retrieval.graph;

import dev.funnel.retrieval.Similarity;
import java.util.List;

/**
 * How close two nodes x and y are, the higher the closer: {@code x.y + h(x) h(y) - b(x) - b(y)}.
 *
 * @param name for people and files
 * @param heights h of each node; empty for none
 * @param biases b of each node; empty for none
 */
record Metric(String name, float[] heights, float[] biases) {

    private static final float[] NONE = {};

    /**
     * The metrics whose graphs make the union.
     *
     * <p>Where lengths count there are two: the inner product as it is, whose links lead to the long items (Morozov and Babenko 2018,
     * ip-NSW), and the inner product after each item got one more coordinate, h = sqrt(M^2 - |x|^2), that makes all equally long
     * (Bachrach et al. 2014): there it orders as the distance does, whose links reach every item. Each alone misses what the other
     * finds (Liu et al. 2020, <i>Understanding and Improving Proximity Graph based Maximum Inner Product Search</i>). Cosine, on items of
     * length one, and Euclidean, as x.y - |x|^2/2 - |y|^2/2, need one.
     */
    static List<Metric> of(CodedItems items) {
        return switch (items.similarity().kind()) {
            case DOT, NORM_TEMPERED_DOT ->
                List.of(new Metric("inner-product", NONE, NONE), new Metric("reduced", heights(items.lengths()), NONE));
            case COSINE -> List.of(new Metric("cosine", NONE, NONE));
            case EUCLIDEAN -> List.of(new Metric("euclidean", NONE, halfSquares(items.lengths())));
        };
    }

    /** Whether longer items are likelier to be found, so that there are two metrics. */
    static boolean lengthsCount(CodedItems items) {
        return switch (items.similarity().kind()) {
            case DOT, NORM_TEMPERED_DOT -> true;
            case COSINE, EUCLIDEAN -> false;
        };
    }

    /** The metric by which a search with this similarity orders nodes. */
    static Metric ofQueries(CodedItems items) {
        return items.similarity().kind() == Similarity.Kind.EUCLIDEAN
                ? new Metric("euclidean", NONE, halfSquares(items.lengths()))
                : new Metric("inner-product", NONE, NONE);
    }

    private static float[] heights(float[] lengths) {
        float[] heights = new float[lengths.length];
        for (int node = 0; node < heights.length; node++) {
            double rest = (double) lengths[0] * lengths[0] - (double) lengths[node] * lengths[node];
            heights[node] = (float) Math.sqrt(Math.max(0, rest));
        }
        return heights;
    }

    private static float[] halfSquares(float[] lengths) {
        float[] halves = new float[lengths.length];
        for (int node = 0; node < halves.length; node++) {
            halves[node] = lengths[node] * lengths[node] / 2;
        }
        return halves;
    }
}
