package dev.funnel.candidate.generate;

import dev.funnel.bundle.ItemTable;
import dev.funnel.candidate.index.LiveVectors;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * What a generator has of items that changed since its bundle.
 *
 * @param generator the bundle's generator
 * @param items the items as they are now
 * @param vectors vectors of live items in the generator's space, which are searched
 * @param elsewhere vectors of those that are searched by other processes: here they can only be asked about
 * @param changes which stored items searches by uploader and by time find elsewhere than in the bundle
 */
record LiveDelta(
        Generator generator, ItemTable items, LiveVectors vectors, LiveVectors elsewhere, StoredChanges changes) {
    /** How many items the bundle's files speak of. */
    int storedSize() {
        return items.storedSize();
    }

    /** Some stored items and all that the bundle does not hold. */
    IntStream andNew(BitSet stored) {
        return IntStream.concat(stored.stream(), IntStream.range(storedSize(), items.size()));
    }
}
