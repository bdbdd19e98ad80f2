package dev.funnel.trainer.rank.network;

/**
 * A fully connected layer: y = x W + b.
 *
 * @param inputs rows of W
 * @param outputs columns of W
 * @param weights W, row-major, {@code inputs * outputs} numbers
 * @param bias b, {@code outputs} numbers
 */
public record DenseLayer(int inputs, int outputs, float[] weights, float[] bias) {
    public DenseLayer {
        if (weights.length != inputs * outputs || bias.length != outputs) {
            throw new IllegalArgumentException("a layer of %d x %d has %d weights and %d biases"
                    .formatted(inputs, outputs, weights.length, bias.length));
        }
    }
}
