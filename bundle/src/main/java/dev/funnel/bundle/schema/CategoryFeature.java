package dev.funnel.bundle.schema;

import org.jspecify.annotations.Nullable;

/** One category as its row of a table; missing or out of vocabulary is the zero vector. Columns: the table's width. */
public record CategoryFeature(
        String name, Reading from, @Nullable String of, String table) implements ReadingFeature {}
