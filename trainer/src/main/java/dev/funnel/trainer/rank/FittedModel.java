package dev.funnel.trainer.rank;

/**
 * What learning came to; the tables are in the state that goes with it.
 *
 * @param loss mean cost of a validation example, each head's in shares of what it costs to predict its mean
 * @param file where it lies in a bundle
 * @param model ONNX
 */
record FittedModel(double loss, String file, byte[] model) {}
