package dev.funnel.retrieval.hnswlib;

import dev.funnel.retrieval.Bounds;

/**
 * How the graph of {@link HnswlibIndex} is built and searched (Malkov and Yashunin 2016, section 4).
 *
 * @param links M: links of a node per level, 2 to 128; twice as many on the lowest
 * @param buildBreadth efConstruction: candidates kept while a node's links are sought, at least {@code links}, at most 10,000
 * @param searchBreadth ef: candidates kept in a search at full effort, 1 to 10,000; a search that wants more keeps more
 */
public record HnswlibSettings(int links, int buildBreadth, int searchBreadth) {

    /** Finds .94 to .99 of the best 100 among real item factors, as HnswlibIndexTest measures. */
    public static final HnswlibSettings DEFAULT = new HnswlibSettings(16, 200, 200);

    public HnswlibSettings {
        Bounds.require("links", links, 2, 128);
        Bounds.require("build breadth", buildBreadth, links, 10_000);
        Bounds.require("search breadth", searchBreadth, 1, 10_000);
    }
}
