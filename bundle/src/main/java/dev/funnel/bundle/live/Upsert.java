package dev.funnel.bundle.live;

import dev.funnel.bundle.UserId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An item is there, with these values. What is given replaces what the item had, what is not given stays as it was: in an item
 * that was unknown or removed it is missing.
 *
 * @param values by column name ({@code [a-z][a-z0-9_]*}, at most 64 characters), at most {@value #MAX_VALUES}; columns that a
 *     bundle lacks are ignored by those who serve it
 * @param vectors the item's vector for each generator named, used as it is; at most {@value #MAX_VECTORS}
 * @param watchedBy who watched it since it came, at most {@value #MAX_WATCHERS}; empty is not given
 */
public record Upsert(Map<String, ColumnValue> values, Map<String, ColumnValue.Vector> vectors, List<UserId> watchedBy)
        implements ItemChange.Change {
    /** The contract's further columns and the standard ones. */
    public static final int MAX_VALUES = 80;

    /** As many as a request may name generators. */
    public static final int MAX_VECTORS = 16;

    /** Most people who are named as having watched an item. */
    public static final int MAX_WATCHERS = 100;

    private static final Pattern COLUMN_NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final Pattern GENERATOR_NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

    /** Copies what is given; refuses names and numbers of values out of bounds. */
    public Upsert {
        values = checked("values", values, MAX_VALUES, COLUMN_NAME);
        vectors = checked("vectors", vectors, MAX_VECTORS, GENERATOR_NAME);
        watchedBy = List.copyOf(watchedBy);
        if (watchedBy.size() > MAX_WATCHERS) {
            throw new IllegalArgumentException(
                    "watched_by has " + watchedBy.size() + " entries, at most " + MAX_WATCHERS);
        }
    }

    /** Values and vectors, and nothing of who watched it. */
    public Upsert(Map<String, ColumnValue> values, Map<String, ColumnValue.Vector> vectors) {
        this(values, vectors, List.of());
    }

    /** Values without vectors. */
    public static Upsert of(Map<String, ColumnValue> values) {
        return new Upsert(values, Map.of());
    }

    private static <T> Map<String, T> checked(String field, Map<String, T> given, int most, Pattern shape) {
        if (given.size() > most) {
            throw new IllegalArgumentException(field + " has " + given.size() + " entries, at most " + most);
        }
        for (String name : given.keySet()) {
            if (!shape.matcher(name).matches() || name.equals("id") || name.equals("history")) {
                throw new IllegalArgumentException(
                        field + ": \"" + name + "\" must be " + shape.pattern() + " and neither id nor history");
            }
        }
        return Collections.unmodifiableMap(new TreeMap<>(given));
    }
}
