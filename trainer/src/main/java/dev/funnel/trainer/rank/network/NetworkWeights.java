package dev.funnel.trainer.rank.network;

import java.util.List;

/**
 * A trained network: inputs concatenated in order, dense layers with ReLU between them, one logit z, served as
 * exp(clip(z)), the odds that weighted logistic regression makes equal to the expected weight.
 *
 * @param layers first to last; the last has one output
 * @param lowestLogit z is clipped from below to this
 * @param highestLogit z is clipped from above to this, so that exp stays finite
 */
public record NetworkWeights(List<InputBlock> inputs, List<DenseLayer> layers, float lowestLogit, float highestLogit) {
    public NetworkWeights {
        inputs = List.copyOf(inputs);
        layers = List.copyOf(layers);
        int width = inputs.stream().mapToInt(InputBlock::width).sum();
        for (DenseLayer layer : layers) {
            if (layer.inputs() != width) {
                throw new IllegalArgumentException("a layer takes %d, not %d".formatted(layer.inputs(), width));
            }
            width = layer.outputs();
        }
        if (width != 1) {
            throw new IllegalArgumentException("the last layer gives %d, not 1".formatted(width));
        }
    }
}
