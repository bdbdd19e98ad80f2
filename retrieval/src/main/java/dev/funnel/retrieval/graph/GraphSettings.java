package dev.funnel.retrieval.graph;

import dev.funnel.retrieval.Bounds;

/**
 * How a {@link UnionGraph} is built.
 *
 * @param degree M: links a new node chooses in each graph, 2 to 64; a node keeps at most twice as many
 * @param breadth candidates kept while a node's links are sought, {@code degree} to 10,000
 * @param seed of the order in which items of equal standing are inserted
 * @param threads that search and link, 1 to 256; the graph does not depend on their number
 */
public record GraphSettings(int degree, int breadth, long seed, int threads) {

    public GraphSettings {
        Bounds.require("degree", degree, 2, 64);
        Bounds.require("breadth", breadth, degree, 10_000);
        Bounds.require("threads", threads, 1, 256);
    }

    /** What the measured figures are measured with: degree 16, breadth 100. */
    public static GraphSettings usual(long seed, int threads) {
        return new GraphSettings(16, 100, seed, threads);
    }
}
