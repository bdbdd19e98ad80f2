package dev.funnel.runtime.live;

import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.live.ItemChange;
import java.util.List;

/**
 * What changed since a snapshot was made.
 *
 * @param items the items as they are now
 * @param changes in the order they were made; an item may stand several times
 */
public record LiveBatch(ItemTable items, List<Changed> changes) {
    public LiveBatch {
        changes = List.copyOf(changes);
    }

    /**
     * One change.
     *
     * @param itemIndex index of the item in the version's tables
     */
    public record Changed(int itemIndex, ItemChange change) {}
}
