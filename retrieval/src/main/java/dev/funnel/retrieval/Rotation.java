package dev.funnel.retrieval;

/**
 * A fixed rotation that spreads a vector's length evenly over its dimensions, so that eight bits lose less: without it one great
 * value sets the scale of all. Inner products and lengths stay as they are, to the rounding of doubles.
 *
 * <p>Signs are flipped by a fixed pseudo-random pattern and the fast Walsh-Hadamard transform is applied (Ailon and Chazelle 2009,
 * <i>The Fast Johnson-Lindenstrauss Transform</i>, section 2); where the dimensions are not a power of two, to the first and then to the
 * last of them that are.
 */
final class Rotation {

    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final int dimensions;
    private final int span;
    private final double shrink;

    Rotation(int dimensions) {
        this.dimensions = dimensions;
        this.span = Math.max(1, Integer.highestOneBit(dimensions));
        this.shrink = 1 / Math.sqrt(span);
    }

    /** Rotates a vector in place. */
    void apply(double[] vector) {
        mix(vector, 0);
        if (span < dimensions) {
            mix(vector, dimensions - span);
        }
    }

    private void mix(double[] vector, int from) {
        int to = Math.min(from + span, dimensions);
        for (int i = from; i < to; i++) {
            vector[i] *= SPREAD * (i + 1) < 0 ? -shrink : shrink;
        }
        for (int half = 1; half < span; half *= 2) {
            for (int i = from; i < to; i += 2 * half) {
                butterflies(vector, i, half);
            }
        }
    }

    private static void butterflies(double[] vector, int from, int half) {
        for (int i = from; i < from + half; i++) {
            double one = vector[i];
            double other = vector[i + half];
            vector[i] = one + other;
            vector[i + half] = one - other;
        }
    }
}
