package dev.funnel.bundle.schema;

import org.jspecify.annotations.Nullable;

/**
 * Categories as the numbers of their rows, for a network that holds the table itself. Columns: {@code length}; the first known rows in the
 * order of reading, each plus {@code first}, then {@code unknown} where there are no more.
 *
 * @param table what numbers the keys; its matrix, if it has one, is not read
 * @param first added to row numbers, e.g. 1 where the network keeps row 0 for padding
 * @param unknown stands for missing and out of vocabulary, 0 or more
 * @param length how many rows at most; 0, as where JSON does not say, counts as 1
 */
public record IndexFeature(
        String name, Reading from, @Nullable String of, String table, long first, long unknown, int length)
        implements ReadingFeature {
    public IndexFeature {
        length = length == 0 ? 1 : length;
    }
}
