package dev.funnel.retrieval.graph;

/** Told how far a build is; called from the thread that builds, after each round of insertions. */
@FunctionalInterface
public interface BuildProgress {

    /** Tells nobody. */
    BuildProgress SILENT = (graph, inserted, items) -> {};

    /**
     * A round has ended.
     *
     * @param graph which of the graphs of the union is being built
     * @param inserted how many items it has
     * @param items how many it will have
     */
    void inserted(String graph, int inserted, int items);
}
