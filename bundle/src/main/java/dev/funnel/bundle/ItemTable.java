package dev.funnel.bundle;

import java.util.BitSet;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The items of one bundle version. The row of an item is its {@code itemIndex}, the number that every other file of the bundle uses
 * for it; it means nothing in another version. A request looks up hundreds of items, so ids are found in a hash table on the heap. At
 * most 2^29 items.
 *
 * <p>A table may have live rows: an {@link ItemOverlay} hands out such tables. An item keeps its index whatever changes; items that
 * the bundle does not hold come after those it does, from {@link #storedSize} on, and nothing in the bundle's files is theirs. A
 * removed item is found no more by its id, but its index, which histories may hold, still has its values.
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

    private final int storedSize;
    private final @Nullable LiveRows rows;
    private final ItemTest standing;
    private volatile @Nullable BitSet changed;

    private ItemTable(int size, IntFunction<String> ids, ToIntFunction<String> index, Map<String, Column> columns) {
        super(size, ids, index, columns);
        this.storedSize = size;
        this.rows = null;
        this.standing = ItemTest.ALL;
    }

    /** A table with live rows over {@code storedSize} stored ones. */
    ItemTable(
            int storedSize,
            LiveRows rows,
            boolean anyRemoved,
            IntFunction<String> ids,
            ToIntFunction<String> index,
            Map<String, Column> columns) {
        super(rows.size(), ids, index, columns);
        this.storedSize = storedSize;
        this.rows = rows;
        this.standing = anyRemoved ? item -> !rows.removed(item) : ItemTest.ALL;
    }

    /** Reads the table from {@code file} and checks it. */
    public static ItemTable load(TensorFile file) throws BundleRefusedException {
        IdVector ids = IdVector.read(file);
        if (ids.size() > IdHashTable.MAX_ROWS) {
            throw file.refused("id.order", "has " + ids.size() + " items, at most 2^29 are allowed");
        }
        IdHashTable index = ids.hashed();
        return new ItemTable(
                ids.size(),
                ids::id,
                id -> index.indexOf(StringVector.key(id)),
                readColumns(file, ids.size(), STANDARD));
    }

    /** How many items the bundle holds: those with a lower index are in its other files too. */
    public int storedSize() {
        return storedSize;
    }

    /**
     * The items whose values are not those that the bundle stored, all from {@link #storedSize} on among them. Worked out when first
     * asked for; not to be changed.
     */
    public BitSet changed() {
        BitSet known = changed;
        if (known == null) {
            known = rows == null ? new BitSet() : rows.changed();
            changed = known; // the same whoever works it out
        }
        return known;
    }

    /** Whether the item was removed since the bundle. */
    public boolean removed(int itemIndex) {
        return rows != null && rows.removed(itemIndex);
    }

    /** Passes the items that are not removed; {@link ItemTest#ALL} if none is. */
    public ItemTest standing() {
        return standing;
    }
}
