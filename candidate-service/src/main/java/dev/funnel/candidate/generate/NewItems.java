package dev.funnel.candidate.generate;

import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.UserId;
import dev.funnel.runtime.wire.ItemOrigin;
import java.util.List;
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

    /** The place of an item from who watched it; empty if the generator does not place items so, or knows none of these people. */
    default Optional<Placed> placeWatched(List<UserId> watchers) {
        return Optional.empty();
    }

    /**
     * Where the bundle has one of its own items, if that is what {@link #place} makes of the item's row of the bundle's table; empty if
     * people's interactions made it, so that it stays whatever the item's columns become.
     */
    default Optional<float[]> storedByColumns(int itemIndex) {
        return Optional.empty();
    }

    /**
     * A place.
     *
     * @param vector to be compared with the same query vectors, by the same similarity, as those of the bundle's items
     * @param origin where it comes from
     */
    record Placed(float[] vector, ItemOrigin origin) {}
}
