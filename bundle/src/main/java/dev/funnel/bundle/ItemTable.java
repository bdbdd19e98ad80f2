package dev.funnel.bundle;

import java.util.Map;

/**
 * The items of one bundle version. The row of an item is its {@code itemIndex}, the number that every other file of the bundle uses
 * for it; it means nothing in another version. A request looks up hundreds of items, so ids are found in a hash table on the heap. At
 * most 2^29 items.
 */
public final class ItemTable extends Table {
    /** The columns that have the same kind in every bundle that has them. */
    public static final Map<String, ColumnKind> STANDARD = Map.of(
            "title", ColumnKind.TEXT,
            "categories", ColumnKind.CATEGORY_LIST,
            "uploader", ColumnKind.CATEGORY,
            "language", ColumnKind.CATEGORY,
            "country", ColumnKind.CATEGORY,
            "published_at", ColumnKind.TIME,
            "expires_at", ColumnKind.TIME,
            "duration_seconds", ColumnKind.NUMBER,
            "maturity", ColumnKind.NUMBER);

    private ItemTable(IdVector ids, Map<String, Column> columns) {
        super(ids, ids.hashed()::indexOf, columns);
    }

    /** Reads the table from {@code file} and checks it. */
    public static ItemTable load(TensorFile file) throws BundleRefusedException {
        IdVector ids = IdVector.read(file);
        if (ids.size() > IdHashTable.MAX_ROWS) {
            throw file.refused("id.order", "has " + ids.size() + " items, at most 2^29 are allowed");
        }
        return new ItemTable(ids, readColumns(file, ids.size(), STANDARD));
    }
}
