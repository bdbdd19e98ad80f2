package dev.funnel.trainer.trees;

/**
 * How trees are boosted.
 *
 * @param objective what is learnt
 * @param rounds the most trees
 * @param patience how many trees may bring nothing on the validation part before it ends
 * @param depth of a tree, at most
 * @param rate share of each tree that is added
 * @param leastWeight second derivatives that a leaf must at least hold
 * @param sampled share of the rows, and of the columns, that a tree sees
 * @param seed of what is sampled
 */
public record TreeSettings(
        Objective objective,
        int rounds,
        int patience,
        int depth,
        double rate,
        double leastWeight,
        double sampled,
        long seed,
        int threads) {

    /** What is learnt. */
    public enum Objective {
        /** The probability of a label that is 0 or 1. */
        CHANCE("binary:logistic", 0.5f),
        /** The mean of a label, by least squares. */
        MEAN("reg:squarederror", 0);

        final String objective;
        final float base;

        Objective(String objective, float base) {
            this.objective = objective;
            this.base = base;
        }

        /** What a prediction costs, as it is learnt. */
        double cost(float predicted, float label) {
            return switch (this) {
                case CHANCE -> {
                    double right = label > 0.5 ? predicted : 1 - predicted;
                    yield -Math.log(Math.max(right, SMALLEST));
                }
                case MEAN -> (predicted - label) * (predicted - label);
            };
        }

        private static final double SMALLEST = 1e-7;
    }
}
