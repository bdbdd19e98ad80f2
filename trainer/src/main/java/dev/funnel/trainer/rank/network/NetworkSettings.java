package dev.funnel.trainer.rank.network;

import java.util.List;

/**
 * How a {@link DenseNetwork} begins and learns.
 *
 * @param hidden widths of the hidden layers, first to last
 * @param learningRate Adam's step size at the start
 * @param initialLogit bias of the output at the start: the logarithm of the mean weight saves the first steps
 * @param seed of the initial weights
 */
public record NetworkSettings(List<Integer> hidden, float learningRate, float initialLogit, long seed) {
    public NetworkSettings {
        hidden = List.copyOf(hidden);
    }
}
