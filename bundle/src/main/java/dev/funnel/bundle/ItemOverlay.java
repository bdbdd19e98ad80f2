package dev.funnel.bundle;

import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.live.Upsert;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Applies the entries of the item log to the items of one bundle version and hands out what the table is at a moment. For one
 * thread; the tables it hands out are immutable and for any.
 *
 * <p>An item keeps its index: what it gets are new rows in append-only columns, and its place in {@link LiveRows} points to the
 * newest. So all that the bundle holds of a changed item (trained vectors, lists, statistics) stays its own, an unchanged item costs one
 * more array read, and a table without an overlay none. Rows that nothing points to any more are dropped by copying when they
 * outnumber the others.
 *
 * <p>Standard columns that the bundle lacks exist in a live table; other columns that it lacks, and values that do not suit their
 * column, are passed over.
 */
public final class ItemOverlay {
    /** What {@link #apply} returns for the removal of an item that is not there. */
    public static final int NOTHING = -1;

    private static final int LEAST_ROWS = 1_024;

    private final ItemTable stored;
    private final int most;
    private final LiveRows.Writer rows;
    private final LiveDictionary ids;
    private final Map<String, LiveColumnWriter<?>> columns = new TreeMap<>();
    private int[] changed = new int[16];
    private int changedCount;
    private int appended;
    private int holding;
    private int removed;
    private long position;

    /**
     * Over the items of a bundle that was trained up to {@code position} of the log.
     *
     * @param most how many items may differ from the bundle's, at least 1
     */
    public ItemOverlay(ItemTable stored, long position, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("at most " + most + " live items: must be at least 1");
        }
        this.stored = stored;
        this.position = position;
        this.most = most;
        this.rows = new LiveRows.Writer(stored.size());
        this.ids = new LiveDictionary(stored.size());
        Map<String, ColumnKind> kinds = new HashMap<>(ItemTable.STANDARD);
        stored.columns().forEach((name, column) -> kinds.put(name, column.kind()));
        kinds.forEach((name, kind) -> columns.put(name, LiveColumnWriter.of(kind, stored.column(name))));
    }

    /** Position of the last change applied; at first the one the bundle was trained up to. */
    public long position() {
        return position;
    }

    /** How many items differ from the bundle's: added, changed or removed. */
    public int changedItems() {
        return changedCount;
    }

    /** Whether the change can be applied within the bound. */
    public boolean hasRoom(ItemChange change) {
        return changedCount < most
                || isKnown(find(change.item().value()), change.change() instanceof ItemChange.Remove);
    }

    /**
     * Applies the next change.
     *
     * @return index of the item, {@link #NOTHING} if an item was to be removed that is not there
     * @throws IllegalArgumentException if the position is not after the last one
     * @throws IllegalStateException if there is no room for it
     */
    public int apply(ItemChange change) {
        if (change.position() <= position) {
            throw new IllegalArgumentException("position " + change.position() + " must be after " + position);
        }
        if (!hasRoom(change)) {
            throw new IllegalStateException("no room for " + change.item() + ": " + most + " items have changed");
        }
        position = change.position();
        return switch (change.change()) {
            case Upsert upsert -> upsert(change.item().value(), upsert.values());
            case ItemChange.Remove _ -> remove(change.item().value());
        };
    }

    /** The table as it is now; the bundle's own while nothing has changed. */
    public ItemTable snapshot() {
        if (changedCount == 0) {
            return stored;
        }
        LiveRows snapshot = rows.snapshot();
        LiveDictionary.View added = ids.view();
        Map<String, Column> live = new TreeMap<>();
        columns.forEach((name, column) -> live.put(name, column.snapshot(snapshot)));
        return new ItemTable(
                stored.size(),
                snapshot,
                removed > 0,
                item -> item < stored.size() ? stored.id(item) : added.value(item),
                id -> standing(indexIn(added, id), snapshot),
                live);
    }

    /** Whether a change of the item makes no more items differ than do already. */
    private boolean isKnown(int item, boolean removal) {
        return item == NOTHING ? removal : isChanged(item);
    }

    private int indexIn(LiveDictionary.View added, String id) {
        int item = stored.indexOf(id);
        return item < 0 ? added.code(id) : item;
    }

    private static int standing(int item, LiveRows rows) {
        return item >= 0 && rows.removed(item) ? NOTHING : item;
    }

    private int upsert(String id, Map<String, ColumnValue> values) {
        int known = find(id);
        boolean there = known != NOTHING && !rows.now().removed(known);
        int row = known == NOTHING ? LiveRows.STORED : rows.now().row(known);
        int item = known == NOTHING ? ids.codeOrNew(id) : known;
        columns.forEach((name, column) -> column.append(values.get(name), there ? item : NOTHING, row));
        if (known == NOTHING || !isChanged(known)) {
            note(item);
        }
        removed -= known != NOTHING && !there ? 1 : 0;
        holding += row == LiveRows.STORED ? 1 : 0;
        rows.put(item, appended++);
        if (appended > LEAST_ROWS && appended > 2 * holding) {
            compact();
        }
        return item;
    }

    private int remove(String id) {
        int item = find(id);
        if (item == NOTHING || rows.now().removed(item)) {
            return NOTHING;
        }
        if (!isChanged(item)) {
            note(item);
        }
        rows.remove(item);
        removed++;
        return item;
    }

    private int find(String id) {
        int item = stored.indexOf(id);
        return item < 0 ? ids.code(id) : item;
    }

    private boolean isChanged(int item) {
        LiveRows now = rows.now();
        return item >= stored.size() || now.row(item) != LiveRows.STORED || now.removed(item);
    }

    private void note(int item) {
        if (changedCount == changed.length) {
            changed = Arrays.copyOf(changed, 2 * changedCount);
        }
        changed[changedCount++] = item;
    }

    private void compact() {
        LiveRows now = rows.now();
        int[] kept = Arrays.stream(changed, 0, changedCount)
                .filter(item -> now.row(item) != LiveRows.STORED)
                .toArray();
        columns.replaceAll((name, column) -> column.compacted(kept, now));
        for (appended = 0; appended < kept.length; appended++) {
            rows.move(kept[appended], appended);
        }
    }
}
