package dev.funnel.trainer.learn.graph;

/**
 * A matrix [rows, width] of one {@link Graph}: an input or what an operation makes of others.
 *
 * @param index its place in the graph; what it is made of comes before it
 * @param width its columns
 * @param side what its rows depend on
 */
public record Node(int index, int width, Side side) {}
