package dev.funnel.bundle.schema;

/** Where a block's features come from, and so how often they change. */
public enum Source {
    /** The person: profile and history. One row a request. */
    USER,
    /** The circumstance: country, device, hour. One row a request. */
    CONTEXT,
    /** The item alone: its columns. The same in every request of a bundle version. */
    ITEM,
    /** The person and the item together, or the item and the query's time. */
    PAIR,
    /** What earlier stages said of the item in this request: generators, scores, position. */
    CANDIDATE;

    /** True if all candidates of a request share one row. */
    public boolean oncePerRequest() {
        return this == USER || this == CONTEXT;
    }
}
