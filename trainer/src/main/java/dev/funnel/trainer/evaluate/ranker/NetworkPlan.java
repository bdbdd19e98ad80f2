package dev.funnel.trainer.evaluate.ranker;

import dev.funnel.trainer.network.NetworkShape;

/**
 * How a network is built and trained.
 *
 * @param network one of {@link dev.funnel.trainer.network.Networks}
 * @param cost of an example
 * @param inputs what it reads
 * @param shape its layers
 * @param descent how examples are gone through
 */
record NetworkPlan(String network, Cost cost, Inputs inputs, NetworkShape shape, Descent descent) {

    /** What an example costs. */
    enum Cost {
        /** Cross-entropy of the label, 0 or 1. */
        LOGISTIC,
        /** The squared distance from -1 or 1. */
        SQUARED,
        /** Every example is a negative of weight 1 and a positive of the label's: the odds become the expected label. */
        WEIGHTED
    }

    /**
     * What it reads.
     *
     * @param width of the fields' rows; 0: fields have none
     * @param linear whether fields and crosses have weights of their own
     * @param deviation of rows at the start
     */
    record Inputs(int width, boolean linear, double deviation) {}

    /**
     * How examples are gone through: the epoch that is best on the validation part is kept.
     *
     * @param epochs at most
     * @param patience how many epochs may bring nothing before it ends
     * @param batch examples a step
     * @param rate of the network, Adam
     * @param decay of its weights
     * @param tableRate of rows, Adagrad
     * @param tableDecay of rows that a step reads
     * @param redraw whether examples that are drawn are drawn anew for each epoch
     */
    record Descent(
            int epochs,
            int patience,
            int batch,
            float rate,
            float decay,
            float tableRate,
            float tableDecay,
            boolean redraw) {}
}
