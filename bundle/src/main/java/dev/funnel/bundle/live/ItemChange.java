package dev.funnel.bundle.live;

import dev.funnel.bundle.ItemId;

/**
 * One entry of the item log: what became of one item, at a position. Positions rise by one from 1; whoever applies the same entries
 * to the same bundle has the same items.
 *
 * @param position where it stands in the log, at least 1
 * @param item the item that changed
 * @param change what changed
 */
public record ItemChange(long position, ItemId item, Change change) {
    /** Refuses a position that no log has. */
    public ItemChange {
        if (position < 1) {
            throw new IllegalArgumentException("position is " + position + ", must be at least 1");
        }
    }

    /** Brings an item. */
    public static ItemChange upsert(long position, String itemId, Upsert upsert) {
        return new ItemChange(position, new ItemId(itemId), upsert);
    }

    /** Takes an item away. */
    public static ItemChange remove(long position, String itemId) {
        return new ItemChange(position, new ItemId(itemId), new Remove());
    }

    /** The same without who watched the item, for those who do not place items by that. */
    public ItemChange withoutWatchers() {
        return change instanceof Upsert upsert && !upsert.watchedBy().isEmpty()
                ? new ItemChange(position, item, new Upsert(upsert.values(), upsert.vectors()))
                : this;
    }

    /** What became of the item. */
    public sealed interface Change permits Upsert, Remove {}

    /** The item is gone: no stage retrieves, nominates or lets it out any more. An upsert brings it back as a new item. */
    public record Remove() implements Change {}
}
