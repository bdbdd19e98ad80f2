package dev.funnel.trainer.learn.graph;

/** What one head's logits cost, example by example; the cost of a batch is the mean over its rows of the sum over heads. */
public sealed interface Loss {

    /** The head, [rows, 1]. */
    Node logit();

    /** What a row costs at logit z. */
    double cost(int row, double z);

    /** The derivative of {@link #cost} by z. */
    double slope(int row, double z);

    /**
     * Weighted logistic regression: an example costs {@code negatives * softplus(z) + positives * softplus(-z)}.
     *
     * @param positives per row its weight as a positive, e.g. seconds watched, or 1 and 0; 0 or more
     * @param negatives per row its weight as a negative; 0 or more. Both 0: the row says nothing about this head
     */
    record Logistic(Node logit, float[] positives, float[] negatives) implements Loss {
        @Override
        public double cost(int row, double z) {
            return negatives[row] * softplus(z) + positives[row] * softplus(-z);
        }

        @Override
        public double slope(int row, double z) {
            double odds = StrictMath.exp(-Math.abs(z));
            double probability = (z > 0 ? 1 : odds) / (1 + odds);
            return negatives[row] * probability - positives[row] * (1 - probability);
        }

        private static double softplus(double z) {
            return Math.max(z, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
        }
    }

    /**
     * Least squares: an example costs {@code weights * (z - values)^2}.
     *
     * @param values per row what z should be
     * @param weights per row; 0: the row says nothing about this head
     */
    record Squared(Node logit, float[] values, float[] weights) implements Loss {
        @Override
        public double cost(int row, double z) {
            return weights[row] * (z - values[row]) * (z - values[row]);
        }

        @Override
        public double slope(int row, double z) {
            return 2 * weights[row] * (z - values[row]);
        }
    }
}
