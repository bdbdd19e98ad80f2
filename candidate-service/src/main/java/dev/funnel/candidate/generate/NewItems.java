package dev.funnel.candidate.generate;

import dev.funnel.bundle.ItemTable;
import dev.funnel.runtime.wire.ItemOrigin;
import java.util.Optional;

/**
 * Places items that the bundle has never seen, or has never seen anyone interact with, in the space that a generator searches.
 * Safe for several threads.
 */
@FunctionalInterface
public interface NewItems {

    /**
     * The place of an item, from what its row of the item table says.
     *
     * @param items the bundle's item table, or a live one over it
     * @param itemIndex a row of {@code items}, which may be one that was appended to the bundle's
     * @return empty if what is known of the item says nothing of its place
     */
    Optional<Placed> place(ItemTable items, int itemIndex);

    /**
     * A place.
     *
     * @param vector to be compared with the same query vectors, by the same similarity, as those of the bundle's items
     * @param origin where it comes from
     */
    record Placed(float[] vector, ItemOrigin origin) {}
}
