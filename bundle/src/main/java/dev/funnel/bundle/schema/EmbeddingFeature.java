package dev.funnel.bundle.schema;

/** A dense vector taken from the table by item that {@code of} names; missing is the zero vector. Columns: the table's width. */
public record EmbeddingFeature(String name, Reading from, String of) implements ReadingFeature {}
