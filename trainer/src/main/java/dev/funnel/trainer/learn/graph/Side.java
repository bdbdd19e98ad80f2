package dev.funnel.trainer.learn.graph;

/** What the rows of a node depend on, and so how often a server has to compute them. */
public enum Side {
    /** The request alone: all its candidates share one row. */
    REQUEST,
    /** The item alone: the same in every request. */
    ITEM,
    /** Both, or the two together. */
    CANDIDATE;

    /** True if what is served has one row for all candidates. */
    public boolean oneRow() {
        return this == REQUEST;
    }

    /** What a value made of both depends on. */
    Side with(Side other) {
        return this == other ? this : CANDIDATE;
    }
}
