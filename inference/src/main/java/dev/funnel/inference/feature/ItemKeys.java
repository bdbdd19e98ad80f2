package dev.funnel.inference.feature;

import dev.funnel.bundle.ItemTable;

/** The 64-bit keys of an item's categories: what crosses are made of. */
sealed interface ItemKeys {
    /** How many the item has. */
    int count(int item);

    /** The key of category {@code i}. */
    long key(int item, int i);

    /** The item's own id: those of the bundle's items worked out before. */
    record Own(ItemTable items, long[] ofStored) implements ItemKeys {
        @Override
        public int count(int item) {
            return 1;
        }

        @Override
        public long key(int item, int i) {
            return item < ofStored.length ? ofStored[item] : TextHash.of(items.id(item));
        }
    }

    /** The item's values in a column, by code: those of the bundle's codes, and those of codes that came with live items. */
    record OfColumn(ItemCodes codes, long[] ofStored, long[] ofAdded) implements ItemKeys {
        @Override
        public int count(int item) {
            return codes.count(item);
        }

        @Override
        public long key(int item, int i) {
            int code = codes.code(item, i);
            return code < ofStored.length ? ofStored[code] : ofAdded[code - ofStored.length];
        }
    }

    /** Keys of the column's codes from {@code first} on. */
    static long[] of(ItemCodes codes, int first) {
        long[] keys = new long[codes.cardinality() - first];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = TextHash.of(codes.text(first + i));
        }
        return keys;
    }
}
