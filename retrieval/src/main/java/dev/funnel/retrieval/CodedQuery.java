package dev.funnel.retrieval;

/**
 * A query in eight bits, and an upper bound of every item's score that follows from the codes.
 *
 * <p>Let q and x be the vectors scaled by {@link Similarity#scale} and rotated ({@link Rotation}), with q = t p + f and x = s c + e, where p and c are codes
 * and f and e what they leave out. Then q.x = s t p.c + f.(s c) + q.e, so that by Cauchy and Schwarz
 *
 * <pre>q.x <= s t p.c + |f| (|x| + |e|) + |q| |e|</pre>
 *
 * and for Euclidean -|q - x|^2 = 2 q.x - |x|^2 - |q|^2. Both the score, a float sum, and this bound, evaluated in floats, are off
 * by no more than (2 d + 64) u times |q| |x|, or (|q| + |x|)^2 for Euclidean, with u = 2^-24 and d dimensions
 * ({@link VectorArithmetic}: the score takes d + 5 roundings, the bound less than a dozen); that is added. A bound that is not a number
 * bounds nothing.
 */
final class CodedQuery {

    private static final double ROUNDOFF = 0x1p-24;

    private final boolean euclidean;
    private final double length;
    private final double slack;
    private final short[] spread;
    private final float perDot;
    private final float perError;
    private final float perLength;
    private final float perSquare;
    private final float constant;
    private final float slackPerSquare;
    private final float slackConstant;

    CodedQuery(float[] query, Similarity similarity) {
        double[] values = RowQuantizer.values(query, similarity);
        double most = 0;
        double squares = 0;
        for (double value : values) {
            most = Math.max(most, Math.abs(value));
            squares += value * value;
        }
        float step = (float) (most / RowQuantizer.MOST);
        this.spread = new short[Math.ceilDiv(query.length, 2) * 2 * VectorArithmetic.BLOCK];
        double rest = Math.sqrt(spread(values, step));
        this.euclidean = similarity.kind() == Similarity.Kind.EUCLIDEAN;
        this.length = Math.sqrt(squares);
        this.slack = (2.0 * query.length + 64) * ROUNDOFF;
        int terms = euclidean ? 2 : 1;
        this.perDot = terms * step;
        this.perError = (float) (terms * (length + rest) * (1 + slack));
        this.perLength = (float) (terms * (rest + slack * length) * (1 + slack));
        this.perSquare = euclidean ? (float) (1 - slack) : 0;
        this.constant = (float) ((euclidean ? -squares * (1 - slack) : 0) + Float.MIN_NORMAL);
        this.slackPerSquare = euclidean ? (float) slack : 0;
        this.slackConstant = (float) ((euclidean ? squares * slack : 0) + Float.MIN_NORMAL);
    }

    /** The codes as {@link VectorArithmetic#blockDots} wants them. */
    short[] spread() {
        return spread;
    }

    /**
     * Writes an upper bound of the score of each of {@code count} items.
     *
     * @param dots inner products of the codes, from 0 on
     * @param scales, errors, lengths of the items, from {@code first} on
     */
    void bounds(int[] dots, float[] scales, float[] errors, float[] lengths, int first, int count, float[] into) {
        for (int i = 0; i < count; i++) {
            float x = lengths[first + i];
            into[i] = dots[i] * perDot * scales[first + i]
                    + perError * errors[first + i]
                    + (perLength - perSquare * x) * x
                    + constant;
        }
    }

    /** How far an item's score may lie below its upper bound: twice what the codes and rounding leave open. */
    float width(float error, float x) {
        return 2.001f * (perError * error + (perLength + slackPerSquare * x) * x + slackConstant);
    }

    /** An upper bound of the score of any item whose length is at least {@code least} and at most {@code most}. */
    double bound(float least, float most) {
        if (!euclidean) {
            return length * most * (1 + slack) + Float.MIN_NORMAL;
        }
        double apart = Math.max(0, Math.max(length - most, least - length));
        double sum = length + most;
        return -apart * apart + slack * sum * sum + Float.MIN_NORMAL;
    }

    /** Fills the codes; returns the squared length of what they leave out. */
    private double spread(double[] values, float step) {
        double squares = 0;
        for (int j = 0; j < values.length; j++) {
            long code = step == 0 ? 0 : Math.clamp(Math.round(values[j] / step), -RowQuantizer.MOST, RowQuantizer.MOST);
            for (int i = 0; i < VectorArithmetic.BLOCK; i++) {
                spread[j * VectorArithmetic.BLOCK + i] = (short) code;
            }
            double rest = values[j] - (double) step * code;
            squares += rest * rest;
        }
        return squares;
    }
}
