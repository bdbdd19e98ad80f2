package dev.funnel.inference.feature;

import dev.funnel.bundle.CategoryColumn;
import dev.funnel.bundle.CategoryListColumn;
import dev.funnel.bundle.ItemTable;

/** The rows of a table that belong to an item; some may be {@link Vocabulary#UNKNOWN}. */
sealed interface ItemRows {
    int count(int item);

    int row(int item, int i);

    /** Lists the known rows of items {@code from} to {@code to}; item -1 has none. */
    void list(int[] items, int from, int to, RowList into);

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

        @Override
        public void list(int[] items, int from, int to, RowList into) {
            into.begin();
            for (int i = from; i < to; i++) {
                into.add(items[i] < rows ? items[i] : Vocabulary.UNKNOWN);
                into.end();
            }
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

        @Override
        public void list(int[] listed, int from, int to, RowList into) {
            into.begin();
            for (int i = from; i < to; i++) {
                into.add(listed[i] < 0 ? Vocabulary.UNKNOWN : row(listed[i], 0));
                into.end();
            }
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
            return rowOf(codes.code(item, i));
        }

        private int rowOf(int code) {
            return code < rowOfStored.length ? rowOfStored[code] : rowOfAdded[code - rowOfStored.length];
        }

        @Override
        public void list(int[] items, int from, int to, RowList into) {
            into.begin();
            switch (codes) {
                case ItemCodes.One one -> listOne(one.column(), items, from, to, into);
                case ItemCodes.Several several -> listSeveral(several.column(), items, from, to, into);
            }
        }

        private void listOne(CategoryColumn column, int[] items, int from, int to, RowList into) {
            int[] read = into.room(to - from);
            column.read(items, from, to, read);
            for (int i = 0; i < to - from; i++) {
                into.add(read[i] == CategoryColumn.MISSING ? Vocabulary.UNKNOWN : rowOf(read[i]));
                into.end();
            }
        }

        private void listSeveral(CategoryListColumn column, int[] items, int from, int to, RowList into) {
            int[] ends = into.ends();
            int[] read = into.room(column.ends(items, from, to, ends));
            column.read(items, from, to, read);
            int at = 0;
            for (int i = 0; i < to - from; i++) {
                for (int end = ends[i]; at < end; at++) {
                    into.add(rowOf(read[at]));
                }
                into.end();
            }
        }
    }
}
