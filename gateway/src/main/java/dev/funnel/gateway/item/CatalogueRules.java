package dev.funnel.gateway.item;

import dev.funnel.bundle.Column;
import dev.funnel.bundle.ColumnKind;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.live.Upsert;
import dev.funnel.runtime.config.Names;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.wire.Bounds;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an item may be given: the standard columns, the columns of a bundle's item table in their kinds, and vectors for the generators
 * that have them. A standard column that the bundle lacks may be given all the same: the next bundle may have it.
 *
 * @param columns kinds by name
 * @param dimensions of the generators that have vectors, by name
 */
public record CatalogueRules(Map<String, ColumnKind> columns, Map<String, Integer> dimensions) {

    public static CatalogueRules of(ItemTable items, List<GeneratorEntry> generators) {
        Map<String, ColumnKind> columns = new TreeMap<>(ItemTable.STANDARD);
        for (Map.Entry<String, Column> column : items.columns().entrySet()) {
            columns.put(column.getKey(), column.getValue().kind());
        }
        return new CatalogueRules(
                columns,
                generators.stream()
                        .filter(generator -> generator.dimensions() > 0)
                        .collect(Collectors.toMap(GeneratorEntry::name, GeneratorEntry::dimensions)));
    }

    /**
     * Refuses what no item of the bundle can be given.
     *
     * @param field path of the item in the request
     * @throws CallerError naming the column or the generator, the value and the rule
     */
    public void check(String field, Upsert upsert) {
        upsert.values().forEach((name, value) -> checkValue(field, name, value));
        upsert.vectors().forEach((name, vector) -> checkVector(field, name, vector));
    }

    private void checkValue(String field, String name, ColumnValue value) {
        ColumnKind kind = columns.get(name);
        String at = field + ".columns[" + CallerError.shown(name) + "]";
        if (kind == null) {
            throw new CallerError(
                    at, name, "must be a column of the item table; " + Names.suggestion(name, columns.keySet()));
        }
        boolean suits = switch (kind) {
            case TEXT -> value instanceof ColumnValue.Text;
            case CATEGORY -> value instanceof ColumnValue.Text;
            case CATEGORY_LIST -> value instanceof ColumnValue.Texts;
            case NUMBER -> value instanceof ColumnValue.Number;
            case TIME -> value instanceof ColumnValue.Time;
        };
        if (!suits) {
            throw new CallerError(at, kindOf(value), "must be " + wanted(kind) + ", as the column " + name + " holds");
        }
        if (kind == ColumnKind.CATEGORY && value instanceof ColumnValue.Text(String text)) {
            Bounds.id(at, text);
        }
    }

    private void checkVector(String field, String name, ColumnValue.Vector vector) {
        Integer wanted = dimensions.get(name);
        String at = field + ".vectors[" + CallerError.shown(name) + "]";
        if (wanted == null) {
            throw new CallerError(
                    at, name, "must be a generator with vectors; " + Names.suggestion(name, dimensions.keySet()));
        }
        if (vector.values().length != wanted) {
            throw new CallerError(at, vector.values().length + " values", "must be " + wanted + " values");
        }
    }

    private static String kindOf(ColumnValue value) {
        return switch (value) {
            case ColumnValue.Text text -> "a text";
            case ColumnValue.Texts texts -> "texts";
            case ColumnValue.Number number -> "a number";
            case ColumnValue.Time time -> "an instant";
            case ColumnValue.Vector vector -> "a vector";
        };
    }

    private static String wanted(ColumnKind kind) {
        return switch (kind) {
            case TEXT, CATEGORY -> "a text";
            case CATEGORY_LIST -> "texts";
            case NUMBER -> "a number";
            case TIME -> "an instant (times)";
        };
    }
}
