package dev.funnel.retrieval;

import java.util.Optional;

/**
 * Which {@link VectorIndex} is to serve a generator's vectors, and why.
 *
 * @param kind the index to build
 * @param explanation why that one, for people, e.g. in the list of generators
 */
public record IndexChoice(Kind kind, String explanation) {

    /**
     * An exact scan is chosen up to this many items for each item wanted: with 64 dimensions it then takes a fraction of a
     * millisecond, which a graph, that has to be built and may miss items, cannot much improve on.
     */
    static final int EXACT_ITEMS_PER_HIT = 400;

    private static final int FEWEST_HITS = 100;

    /**
     * The most items the HNSWlib graph is built for: its single writer adds 2,000 to 3,000 items of 64 dimensions a second, so that
     * more would keep a process from being ready for minutes.
     */
    public static final int MOST_HNSWLIB_ITEMS = 250_000;

    /** The indexes there are. */
    public enum Kind {
        /** {@link ExactScanIndex}. */
        EXACT,
        /** {@link dev.funnel.retrieval.graph.UnionGraphIndex}. */
        UNION_GRAPH,
        /** The graph of HNSWlib-java. */
        HNSWLIB
    }

    /**
     * The choice for a setting: {@code auto}, or {@code exact}, {@code union-graph} or {@code hnswlib} to ask for one. An index that cannot be built
     * for so many items is not chosen even if asked for; the explanation says so.
     *
     * @param items how many items are to be searched
     * @param hits how many items a search usually asks for
     * @throws IllegalArgumentException if there is no such setting
     */
    public static IndexChoice of(String setting, int items, int hits) {
        return switch (setting) {
            case "auto" -> auto(items, hits);
            case "exact" -> new IndexChoice(Kind.EXACT, "exact scan, as configured");
            case "union-graph" -> new IndexChoice(Kind.UNION_GRAPH, "union graph, as configured");
            case "hnswlib" -> hnswlib(items);
            default ->
                throw new IllegalArgumentException(
                        "index is \"" + setting + "\", must be auto, exact, union-graph or hnswlib");
        };
    }

    private static IndexChoice auto(int items, int hits) {
        int threshold = EXACT_ITEMS_PER_HIT * Math.max(FEWEST_HITS, Math.min(hits, QueryBounds.MOST_HITS));
        if (items <= threshold) {
            return new IndexChoice(
                    Kind.EXACT,
                    "exact scan: for " + hits + " of " + items
                            + " items it needs nothing built and misses nothing, in a"
                            + " fraction of a millisecond, up to " + threshold + " items");
        }
        return new IndexChoice(
                Kind.UNION_GRAPH,
                "union graph: for " + hits + " of " + items + " items it is faster than an exact scan, from "
                        + threshold + " items on; where a filter leaves few items, those are scanned instead");
    }

    private static IndexChoice hnswlib(int items) {
        return refusal(items)
                .map(why -> new IndexChoice(Kind.EXACT, "exact scan although hnswlib is configured: " + why))
                .orElseGet(() -> new IndexChoice(Kind.HNSWLIB, "hnswlib graph, as configured"));
    }

    /** Why the HNSWlib graph is not built for so many items; empty: it is. */
    public static Optional<String> refusal(int items) {
        return items <= MOST_HNSWLIB_ITEMS
                ? Optional.empty()
                : Optional.of("the HNSWlib graph is built for at most " + MOST_HNSWLIB_ITEMS + " items, not " + items
                        + ": its single writer would take minutes");
    }
}
