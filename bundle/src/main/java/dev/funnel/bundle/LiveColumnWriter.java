package dev.funnel.bundle;

import dev.funnel.bundle.live.ColumnValue;
import org.jspecify.annotations.Nullable;

/**
 * Appends rows to one column of a live table, over the rows the bundle stored, if it has the column. Rows are never changed, so what
 * a snapshot sees of them stays. For one thread.
 *
 * @param <V> a value, or that it is missing
 */
abstract class LiveColumnWriter<V> {
    /** A writer for a column of that kind. */
    static LiveColumnWriter<?> of(ColumnKind kind, @Nullable Column stored) {
        return switch (kind) {
            case TEXT -> new LiveTextColumn.Writer((TextColumn) stored);
            case CATEGORY -> new LiveCategoryColumn.Writer((CategoryColumn) stored);
            case CATEGORY_LIST -> new LiveCategoryListColumn.Writer((CategoryListColumn) stored);
            case NUMBER -> new LiveNumberColumn.Writer((NumberColumn) stored);
            case TIME -> new LiveTimeColumn.Writer((TimeColumn) stored);
        };
    }

    /** What was given, as the column holds it; null if it suits no column of this kind. */
    abstract @Nullable V suited(ColumnValue given);

    abstract V missing();

    /** The item's value in appended row {@code row}, or in its stored row for {@link LiveRows#STORED}. */
    abstract V value(int item, int row);

    /** Appends a row. */
    abstract void add(V value);

    /** The column as it is now. */
    abstract Column snapshot(LiveRows rows);

    /** Without appended rows. */
    abstract LiveColumnWriter<V> emptied();

    /**
     * Appends the row of an item that changed.
     *
     * @param given its new value; null: as it was
     * @param item the item as it was; -1: it was not there
     * @param row where its values were
     */
    final void append(@Nullable ColumnValue given, int item, int row) {
        V suited = given == null ? null : suited(given);
        if (suited != null) {
            add(suited);
        } else {
            add(item < 0 ? missing() : value(item, row));
        }
    }

    /** A writer that has the rows of these items only, in this order. */
    final LiveColumnWriter<V> compacted(int[] items, LiveRows rows) {
        LiveColumnWriter<V> compacted = emptied();
        for (int item : items) {
            compacted.add(value(item, rows.row(item)));
        }
        return compacted;
    }
}
