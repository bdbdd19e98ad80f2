package dev.funnel.inference.feature;

/** The rows of a table that belong to an item; some may be {@link Vocabulary#UNKNOWN}. */
sealed interface ItemRows {
    int count(int item);

    int row(int item, int i);

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
