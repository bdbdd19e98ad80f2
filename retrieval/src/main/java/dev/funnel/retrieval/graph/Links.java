package dev.funnel.retrieval.graph;

/** Where each node leads to. */
interface Links {

    /** Copies the nodes that a node leads to; returns how many, at most {@link #most}. */
    int of(int node, int[] into);

    /** The most links a node has. */
    int most();
}
