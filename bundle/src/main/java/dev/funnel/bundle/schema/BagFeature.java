package dev.funnel.bundle.schema;

import org.jspecify.annotations.Nullable;

/**
 * Any number of categories as the mean of their rows of a table; those out of vocabulary are left out, none is the zero
 * vector. Columns: the table's width.
 */
public record BagFeature(
        String name, Reading from, @Nullable String of, String table) implements ReadingFeature {}
