package dev.funnel.inference.engine;

import dev.funnel.inference.feature.FeatureBlocks;

/**
 * Runs the forward pass of one network. Thread-safe; a candidate's values do not depend on which others are scored with it.
 */
public interface Engine extends AutoCloseable {
    /** What it is, for people, e.g. "ONNX Runtime 1.29.0". */
    String name();

    /** New blocks for at most {@code capacity} candidates, in the form the network takes; freed with the engine. */
    FeatureBlocks blocks(int capacity);

    /**
     * Scores the first {@code rows} candidates of the blocks.
     *
     * @param heads per head of the schema the array to fill: one after the other, {@code width} numbers each
     * @param at position of the first candidate: its numbers begin at {@code at * width}
     * @throws NonFiniteOutputException if the network gives NaN or infinity
     */
    void run(FeatureBlocks blocks, int rows, float[][] heads, int at);

    /** Frees the network, and all blocks that were made for it. */
    @Override
    void close();
}
