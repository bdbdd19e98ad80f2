package dev.funnel.retrieval;

/**
 * Which {@link VectorIndex} is to serve a generator's vectors, and why.
 *
 * @param kind the index to build
 * @param explanation why that one, for people, e.g. in the list of generators
 */
public record IndexChoice(Kind kind, String explanation) {

    /**
     * An exact scan is chosen up to this many items for each item wanted: measured on two cores with 64 dimensions, it beats
     * graphs up to 40,000 items when 100 are wanted and up to 200,000 when 500 are, besides filtering for free.
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
        /** The graph of HNSWlib-java. */
        HNSWLIB
    }

    /**
     * The choice for a setting: {@code auto}, or {@code exact} or {@code hnswlib} to ask for one. An index that cannot be built
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
            case "hnswlib" -> hnswlib(items);
            default ->
                throw new IllegalArgumentException("index is \"" + setting + "\", must be auto, exact or hnswlib");
        };
    }

    private static IndexChoice auto(int items, int hits) {
        int threshold = EXACT_ITEMS_PER_HIT * Math.max(FEWEST_HITS, Math.min(hits, QueryBounds.MOST_HITS));
        if (items <= threshold) {
            return new IndexChoice(
                    Kind.EXACT,
                    "exact scan: for " + hits + " of " + items + " items it is faster than a graph, up to " + threshold
                            + " items");
        }
        if (items > MOST_HNSWLIB_ITEMS) {
            return new IndexChoice(Kind.EXACT, "exact scan: " + refusal(items));
        }
        return new IndexChoice(
                Kind.HNSWLIB,
                "graph: for " + hits + " of " + items + " items it is faster than an exact scan, from " + threshold
                        + " items on");
    }

    private static IndexChoice hnswlib(int items) {
        return items > MOST_HNSWLIB_ITEMS
                ? new IndexChoice(Kind.EXACT, "exact scan although a graph is configured: " + refusal(items))
                : new IndexChoice(Kind.HNSWLIB, "graph, as configured");
    }

    /** Why the HNSWlib graph is not built for so many items. */
    public static String refusal(int items) {
        return "the HNSWlib graph is built for at most " + MOST_HNSWLIB_ITEMS + " items, not " + items
                + ": its single writer would take minutes";
    }
}
