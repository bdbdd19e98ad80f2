package dev.funnel.inference.feature;

import dev.funnel.bundle.ItemTable;

/** The rows of a table that belong to an item; some may be {@link Vocabulary#UNKNOWN}. */
sealed interface ItemRows {
    int count(int item);

    int row(int item, int i);

    /** True if the item has a row; item -1 has none. */
    default boolean known(int item) {
        for (int i = 0; item >= 0 && i < count(item); i++) {
            if (row(item, i) != Vocabulary.UNKNOWN) {
                return true;
            }
        }
        return false;
    }

    /** One row an item: its own, if the bundle holds it. */
    record Own(int rows) implements ItemRows {
        @Override
        public int count(int item) {
            return 1;
        }

        @Override
        public int row(int item, int i) {
            return item < rows ? item : Vocabulary.UNKNOWN;
        }
    }

    /** One row an item: that of its id, those of the bundle's items worked out before. */
    record OfId(ItemTable items, TextRows rows, int[] rowOfStored) implements ItemRows {
        @Override
        public int count(int item) {
            return 1;
        }

        @Override
        public int row(int item, int i) {
            return item < rowOfStored.length ? rowOfStored[item] : rows.row(items.id(item));
        }
    }

    /** The rows of the item's values in a column, by code: those of the bundle's codes, and those of codes that came with live items. */
    record OfColumn(ItemCodes codes, int[] rowOfStored, int[] rowOfAdded) implements ItemRows {
        @Override
        public int count(int item) {
            return codes.count(item);
        }

        @Override
        public int row(int item, int i) {
            int code = codes.code(item, i);
            return code < rowOfStored.length ? rowOfStored[code] : rowOfAdded[code - rowOfStored.length];
        }
    }
}
