package dev.funnel.candidate.generate;

import dev.funnel.bundle.ItemTable;
import dev.funnel.candidate.index.LiveVectors;

/**
 * What a generator has of items that changed since its bundle.
 *
 * @param generator the bundle's generator
 * @param items the items as they are now
 * @param vectors vectors of live items in the generator's space, which are searched
 * @param elsewhere vectors of those that are searched by other processes: here they can only be asked about
 */
record LiveDelta(Generator generator, ItemTable items, LiveVectors vectors, LiveVectors elsewhere) {
    /** How many items the bundle's files speak of. */
    int storedSize() {
        return items.storedSize();
    }
}
