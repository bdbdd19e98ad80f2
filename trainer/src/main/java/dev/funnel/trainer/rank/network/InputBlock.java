package dev.funnel.trainer.rank.network;

/**
 * One input of the network.
 *
 * @param name its name in the ONNX graph
 * @param width how many numbers a row has
 * @param oncePerRequest true if all candidates of a request share one row: the graph then takes [1, width], not [N, width]
 */
public record InputBlock(String name, int width, boolean oncePerRequest) {}
