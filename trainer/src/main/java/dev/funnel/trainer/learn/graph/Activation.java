package dev.funnel.trainer.learn.graph;

/**
 * What a node is for the rows of one batch, and the gradient of the cost with respect to it.
 *
 * @param width its columns
 * @param values [capacity, width]
 * @param gradient [capacity, width]; empty if nobody wants it
 */
record Activation(int width, float[] values, float[] gradient) {

    static Activation of(int capacity, int width, boolean wanted) {
        int size = Math.multiplyExact(capacity, width);
        return new Activation(width, new float[size], new float[wanted ? size : 0]);
    }

    boolean wanted() {
        return gradient.length > 0;
    }
}
