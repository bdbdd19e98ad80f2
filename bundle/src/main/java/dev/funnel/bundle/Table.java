package dev.funnel.bundle;

import static dev.funnel.bundle.BundleRefusedException.quote;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rows with an external id and typed columns, mapped from one safetensors file (an item table may have live rows over it). The metadata entry {@code column.<name>} names each column's kind; the
 * plan of the tensors is in {@link TableWriter}. Rows are numbered from 0.
 */
public abstract sealed class Table permits ItemTable, UserTable {
    static final String COLUMN_KEY = "column.";
    private static final Pattern COLUMN_NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    private final int size;
    private final IntFunction<String> ids;
    private final Map<String, Column> columns;

    /** Finds the row of an id, -1 if there is none. */
    private final ToIntFunction<String> index;

    Table(int size, IntFunction<String> ids, ToIntFunction<String> index, Map<String, Column> columns) {
        this.size = size;
        this.ids = ids;
        this.index = index;
        this.columns = Collections.unmodifiableMap(new TreeMap<>(columns));
    }

    static Map<String, Column> readColumns(TensorFile file, int rows, Map<String, ColumnKind> standard)
            throws BundleRefusedException {
        Map<String, Column> columns = new TreeMap<>();
        for (Map.Entry<String, String> entry : file.metadata().entrySet()) {
            if (entry.getKey().startsWith(COLUMN_KEY)) {
                String name = entry.getKey().substring(COLUMN_KEY.length());
                columns.put(name, Column.read(file, name, kind(file.name(), name, entry.getValue(), standard), rows));
            }
        }
        return columns;
    }

    private static ColumnKind kind(String file, String name, String label, Map<String, ColumnKind> standard)
            throws BundleRefusedException {
        if (!isColumnName(name)) {
            throw new BundleRefusedException(file, quote(name) + " cannot name a column");
        }
        ColumnKind kind = ColumnKind.labelled(label)
                .orElseThrow(() ->
                        new BundleRefusedException(file, "column " + name + " is of the unknown kind " + quote(label)));
        ColumnKind needed = standard.getOrDefault(name, kind);
        if (needed != kind) {
            throw new BundleRefusedException(
                    file, "column " + name + " is " + kind.label() + ", it has to be " + needed.label());
        }
        return kind;
    }

    /** Whether {@code name} may name a column. */
    static boolean isColumnName(String name) {
        return COLUMN_NAME.matcher(name).matches() && !name.equals("id") && !name.equals("history");
    }

    /** Number of rows. */
    public final int size() {
        return size;
    }

    /** The external id of {@code row}. */
    public final String id(int row) {
        return ids.apply(row);
    }

    /** The row with the external id {@code id}, or -1. */
    public final int indexOf(String id) {
        return index.applyAsInt(id);
    }

    /** The columns by name. */
    public final Map<String, Column> columns() {
        return columns;
    }

    /** The column {@code name}, or null if there is none. */
    public final @Nullable Column column(String name) {
        return columns.get(name);
    }

    /** The column {@code name} if it is one of texts, else null. */
    public final @Nullable TextColumn text(String name) {
        return columns.get(name) instanceof TextColumn column ? column : null;
    }

    /** The column {@code name} if it is one of categories, else null. */
    public final @Nullable CategoryColumn category(String name) {
        return columns.get(name) instanceof CategoryColumn column ? column : null;
    }

    /** The column {@code name} if it is one of category lists, else null. */
    public final @Nullable CategoryListColumn categoryList(String name) {
        return columns.get(name) instanceof CategoryListColumn column ? column : null;
    }

    /** The column {@code name} if it is one of numbers, else null. */
    public final @Nullable NumberColumn number(String name) {
        return columns.get(name) instanceof NumberColumn column ? column : null;
    }

    /** The column {@code name} if it is one of instants, else null. */
    public final @Nullable TimeColumn time(String name) {
        return columns.get(name) instanceof TimeColumn column ? column : null;
    }
}
