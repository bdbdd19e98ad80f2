package dev.funnel.inference.feature;

/** The rows of a table that belong to an item; some may be {@link Vocabulary#UNKNOWN}. */
sealed interface ItemRows {
    int count(int item);

    int row(int item, int i);

    /** One row an item: its own; none for items that came after the stored ones. */
    record Own(int stored) implements ItemRows {
        @Override
        public int count(int item) {
            return 1;
        }

        @Override
        public int row(int item, int i) {
            return item < stored ? item : Vocabulary.UNKNOWN;
        }
    }

    /** The rows of the item's values in a column. */
    record OfColumn(ItemCodes codes, int[] rowOfCode) implements ItemRows {
        @Override
        public int count(int item) {
            return codes.count(item);
        }

        @Override
        public int row(int item, int i) {
            return rowOfCode[codes.code(item, i)];
        }
    }
}
