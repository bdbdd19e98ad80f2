package dev.funnel.bundle.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two or more categories as one: every combination of their values has a row of a table (Cheng et al. 2016, section 3.1, cross-product
 * transformation). Several values, as of a list column, give several combinations, whose rows are averaged: those out of vocabulary are
 * left out, and of more than {@value #MOST_COMBINATIONS} only the first count, values of the last part changing fastest. No value in one
 * of the parts is the zero vector. Columns: the table's width.
 *
 * <p>With {@link VectorTable.Keys#TEXT} the key is the values joined by {@link #SEPARATOR}. With {@link VectorTable.Keys#HASH} it is
 * {@code h = fnv(first value)}, then for each further one {@code h = (rotate_left(h, 23) xor fnv(value)) * 0x100000001b3}, 64 bits,
 * unsigned, modulo the number of buckets.
 *
 * <p>Its block has the source of its parts if they have one in common, else {@link Source#CONTEXT} if all candidates share them, else
 * {@link Source#PAIR}.
 *
 * @param parts 2 to {@value #MOST_PARTS}
 * @param table with keys TEXT or HASH
 */
public record CrossFeature(String name, List<Part> parts, String table) implements Feature {
    /** The most parts. */
    public static final int MOST_PARTS = 4;

    /** The most combinations of one candidate that count. */
    public static final int MOST_COMBINATIONS = 64;

    /** What stands between the values of a key: ASCII's unit separator. */
    public static final char SEPARATOR = '\u001f';

    /**
     * One of the categories.
     *
     * @param from a reading that gives a category or a bag, but not of the history
     * @param of what the reading is about
     */
    public record Part(Reading from, @Nullable String of) {}

    public CrossFeature {
        parts = List.copyOf(parts);
    }

    /** The only source of blocks that may hold it. */
    public Source source() {
        Source first = parts.getFirst().from().source();
        if (parts.stream().allMatch(part -> part.from().source() == first)) {
            return first;
        }
        return parts.stream().allMatch(part -> part.from().source().oncePerRequest()) ? Source.CONTEXT : Source.PAIR;
    }
}
