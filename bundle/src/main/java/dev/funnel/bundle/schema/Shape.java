package dev.funnel.bundle.schema;

/** The form of a value before it is turned into numbers for the network. */
public enum Shape {
    /** One number, or nothing. */
    NUMBER,
    /** One key of a table, or nothing. */
    CATEGORY,
    /** Any number of keys of a table; their rows are averaged. */
    BAG,
    /** A dense vector. */
    EMBEDDING
}
