package dev.funnel.retrieval.graph;

/** Where a search goes on to from a node. */
interface Expansion {

    /** Writes the nodes to go on to that the search has not met, which from then on it has; returns how many, at most {@link #most}. */
    int of(int node, Visited visited, int[] into);

    /** The most nodes it writes. */
    int most();

    /** Every link of a node. */
    static Expansion of(Links links) {
        return new Expansion() {
            @Override
            public int of(int node, Visited visited, int[] into) {
                return visited.keepNew(into, links.of(node, into));
            }

            @Override
            public int most() {
                return links.most();
            }
        };
    }
}
