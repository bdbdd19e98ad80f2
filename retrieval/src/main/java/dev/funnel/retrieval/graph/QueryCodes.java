package dev.funnel.retrieval.graph;

import dev.funnel.retrieval.RowQuantizer;
import dev.funnel.retrieval.Similarity;

/**
 * A query, scaled and rotated as the items are, in codes of as many bits as sums of 32 bits allow.
 *
 * @param codes one per dimension, zeros up to a row's stride
 * @param scale what they are to be multiplied by
 * @param length of the scaled query
 */
record QueryCodes(int[] codes, float scale, double length) {

    private static final int MOST = Short.MAX_VALUE;

    static QueryCodes of(float[] query, CodedItems items) {
        double[] values = RowQuantizer.values(query, items.similarity());
        double most = 0;
        double squares = 0;
        for (double value : values) {
            most = Math.max(most, Math.abs(value));
            squares += value * value;
        }
        int levels = Math.min(MOST, Integer.MAX_VALUE / (RowQuantizer.MOST * items.stride()));
        int[] codes = new int[items.stride()];
        double step = most / levels;
        for (int j = 0; j < values.length && step > 0; j++) {
            codes[j] = (int) Math.clamp(Math.round(values[j] / step), -levels, levels);
        }
        return new QueryCodes(codes, (float) step, Math.sqrt(squares));
    }

    /** Whether all items are equally similar to the query, so that there is nothing to search for. */
    boolean indifferent(Similarity similarity) {
        return scale == 0 && similarity.kind() != Similarity.Kind.EUCLIDEAN;
    }
}
