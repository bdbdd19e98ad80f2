package dev.funnel.bundle;

import java.lang.foreign.MemorySegment;

/**
 * The external ids of a table by row, with the rows in order of their ids beside them, so that a row is found by binary search on the
 * mapped bytes without allocation. Ids are distinct, 1 to 128 bytes each.
 */
final class IdVector {
    private final StringVector ids;
    private final IntVector order;

    private IdVector(StringVector ids, IntVector order) {
        this.ids = ids;
        this.order = order;
    }

    /** Reads {@code id.bytes}, {@code id.offsets} and {@code id.order} and checks that the order is one. */
    static IdVector read(TensorFile file) throws BundleRefusedException {
        StringVector ids = StringVector.read(file, "id");
        IntVector order = file.indexes("id.order", 0, ids.size());
        if (order.size() != ids.size()) {
            throw file.refused("id.order", "has " + order.size() + " values for " + ids.size() + " ids");
        }
        for (int row = 0; row < ids.size(); row++) {
            if (ids.bytes(row) < 1 || ids.bytes(row) > ExternalIds.MAX_BYTES) {
                throw file.refused("id.offsets", "gives row " + row + " an id of " + ids.bytes(row) + " bytes");
            }
        }
        // Strictly ascending ids mean distinct rows, and as many distinct rows as there are make a permutation.
        for (int i = 1; i < ids.size(); i++) {
            if (ids.compare(order.get(i - 1), order.get(i)) >= 0) {
                throw file.refused("id.order", "does not put the ids in strictly ascending order at " + i);
            }
        }
        return new IdVector(ids, order);
    }

    int size() {
        return ids.size();
    }

    String id(int row) {
        return ids.value(row);
    }

    /** A table that finds the same rows faster, for heap. */
    IdHashTable hashed() {
        return new IdHashTable(ids);
    }

    /** The row of the id with the bytes {@code key}, or -1. */
    int search(MemorySegment key) {
        int low = 0;
        int high = ids.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int row = order.get(middle);
            int comparison = ids.compare(row, key);
            if (comparison == 0) {
                return row;
            }
            if (comparison < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
