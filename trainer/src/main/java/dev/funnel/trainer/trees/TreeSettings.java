package dev.funnel.trainer.trees;

/**
 * How trees are boosted.
 *
 * @param objective what is learnt
 * @param base what is predicted before the first tree
 * @param rounds the most trees
 * @param patience how many trees may bring nothing on the validation part, which is looked at now and then, before it ends
 * @param depth of a tree, at most
 * @param rate share of each tree that is added
 * @param leastWeight second derivatives that a leaf must at least hold
 * @param sampled share of the rows, and of the columns, that a tree sees
 * @param seed of what is sampled
 */
public record TreeSettings(
        Objective objective,
        double base,
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
        /** The probability of a label from 0 to 1, by logistic regression. */
        CHANCE("binary:logistic") {
            @Override
            double margin(double prediction) {
                return Math.log(prediction / (1 - prediction));
            }

            @Override
            double cost(double margin, double label) {
                return Math.max(margin, 0) - label * margin + Math.log1p(Math.exp(-Math.abs(margin)));
            }
        },
        /** The mean of a label, by least squares. */
        MEAN("reg:squarederror") {
            @Override
            double margin(double prediction) {
                return prediction;
            }

            @Override
            double cost(double margin, double label) {
                return (margin - label) * (margin - label);
            }
        };

        final String objective;

        Objective(String objective) {
            this.objective = objective;
        }

        /** The sum of the trees that makes a prediction: a chance's logit, a mean itself. */
        abstract double margin(double prediction);

        /** What a sum of trees costs, as it is learnt. */
        abstract double cost(double margin, double label);
    }
}
