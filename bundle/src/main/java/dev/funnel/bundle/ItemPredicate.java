package dev.funnel.bundle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A test on the columns of the item table, with operands that are constants or fields of the query. A comparison with a missing value is
 * false, so {@link Not} of it is true; a standard column that the table lacks is missing for all items. At most 64 nodes, 8 deep, 1,000 values in an {@link In}. Besides the table's columns there is
 * {@code id}, the item's external id.
 *
 * <p>It is written in configuration as nested maps, for example:
 *
 * <pre>{@code
 * all:
 *   - {equals: {column: language, value: {query: language}}}
 *   - {range: {column: published_at, high: {query: time}}}
 *   - {not: {in: {column: maturity, values: [16, 18]}}}
 *   - {present: {column: title}}
 *   - {range: {column: expires_at, low: {time: "2026-01-31T00:00:00Z"}}}
 * }</pre>
 */
public sealed interface ItemPredicate {
    /** Most nodes of one predicate. */
    int MAX_NODES = 64;

    /** Most levels of one predicate. */
    int MAX_DEPTH = 8;

    /** Most values of one {@link In}. */
    int MAX_VALUES = 1_000;

    /** True if all hold; true if there is none. */
    record All(List<ItemPredicate> predicates) implements ItemPredicate {
        /** Copies the list. */
        public All {
            predicates = List.copyOf(predicates);
        }
    }

    /** True if any holds; false if there is none. */
    record Any(List<ItemPredicate> predicates) implements ItemPredicate {
        /** Copies the list. */
        public Any {
            predicates = List.copyOf(predicates);
        }
    }

    /** True if the other is false. */
    record Not(ItemPredicate predicate) implements ItemPredicate {}

    /** True if the column has that value; of a list column: holds it. */
    record Equal(String column, Operand value) implements ItemPredicate {}

    /** True if the column has one of the values; of a list column: holds one. */
    record In(String column, List<Operand> values) implements ItemPredicate {
        /** Copies the list. */
        public In {
            values = List.copyOf(values);
        }
    }

    /** True if {@code low <= column < high}; null is no bound. For number and time columns. */
    record Range(
            String column, @Nullable Operand low, @Nullable Operand high) implements ItemPredicate {}

    /** True if the column has a value. */
    record Present(String column) implements ItemPredicate {}

    /** Reads the form used in configuration; errors are named from {@code predicate} on. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ItemPredicate parse(Map<String, Object> map) {
        return parse(map, "predicate");
    }

    /** Reads the form used in configuration; errors are named from {@code field} on. Throws {@link InvalidPredicateException}. */
    static ItemPredicate parse(Map<String, Object> map, String field) {
        return PredicateForm.read(map, field);
    }

    /** The form used in configuration. */
    @JsonValue
    default Map<String, Object> toMap() {
        return PredicateForm.write(this);
    }

    /** Checks limits and constants, which needs no table; {@link #compile} does it too. Throws {@link InvalidPredicateException}. */
    default void check(String field) {
        PredicateLimits.check(this, field);
    }

    /** Compiles it for one table and one query; errors are named from {@code filter} on. */
    default ItemTest compile(ItemTable table, PredicateContext context) {
        return compile(table, context, "filter");
    }

    /**
     * Compiles it for one table and one query. Throws {@link InvalidPredicateException} for a column the table does not have, for an operand
     * that does not fit the column, and beyond the limits, with a path that starts with {@code field}.
     */
    default ItemTest compile(ItemTable table, PredicateContext context, String field) {
        check(field);
        return new PredicateCompiler(table, context).compile(this, field);
    }
}
