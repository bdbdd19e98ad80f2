package dev.funnel.inference.feature;

import dev.funnel.bundle.CategoryColumn;
import dev.funnel.bundle.CategoryListColumn;
import dev.funnel.bundle.Column;
import dev.funnel.bundle.ItemTable;
import java.util.Optional;

/** A category or list column of the item table as lists of codes: none, one or several for each item. */
sealed interface ItemCodes {
    /** How many values the item has. */
    int count(int item);

    /** The code of its value {@code i}. */
    int code(int item, int i);

    /**
     * Fills {@code ends} with where the codes of items {@code from} to {@code to} end if they stand one after the other; item -1 has none.
     * Returns the last end.
     */
    int ends(int[] items, int from, int to, int[] ends);

    /** Fills {@code into} with those codes. */
    void read(int[] items, int from, int to, int[] into);

    /** The code of a text, -1 if no item has it. */
    int codeOf(String text);

    /** How many distinct codes there are. */
    int cardinality();

    /** The text of a code. */
    String text(int code);

    /** That column of the table; empty if it has none or it is no column of categories. */
    static Optional<ItemCodes> of(ItemTable items, String name) {
        Column column = items.column(name);
        if (column instanceof CategoryColumn category) {
            return Optional.of(new One(category));
        }
        return column instanceof CategoryListColumn list ? Optional.of(new Several(list)) : Optional.empty();
    }

    /** At most one value an item. */
    record One(CategoryColumn column) implements ItemCodes {
        @Override
        public int count(int item) {
            return column.code(item) == CategoryColumn.MISSING ? 0 : 1;
        }

        @Override
        public int code(int item, int i) {
            return column.code(item);
        }

        @Override
        public int ends(int[] items, int from, int to, int[] ends) {
            int end = 0;
            for (int i = from; i < to; i++) {
                end += items[i] < 0 ? 0 : count(items[i]);
                ends[i - from] = end;
            }
            return end;
        }

        @Override
        public void read(int[] items, int from, int to, int[] into) {
            int at = 0;
            for (int i = from; i < to; i++) {
                if (items[i] >= 0 && count(items[i]) > 0) {
                    into[at++] = column.code(items[i]);
                }
            }
        }

        @Override
        public int codeOf(String text) {
            return column.codeOf(text);
        }

        @Override
        public int cardinality() {
            return column.cardinality();
        }

        @Override
        public String text(int code) {
            return column.value(code);
        }
    }

    /** Any number of values an item. */
    record Several(CategoryListColumn column) implements ItemCodes {
        @Override
        public int count(int item) {
            return column.count(item);
        }

        @Override
        public int code(int item, int i) {
            return column.code(item, i);
        }

        @Override
        public int ends(int[] items, int from, int to, int[] ends) {
            return column.ends(items, from, to, ends);
        }

        @Override
        public void read(int[] items, int from, int to, int[] into) {
            column.read(items, from, to, into);
        }

        @Override
        public int codeOf(String text) {
            return column.codeOf(text);
        }

        @Override
        public int cardinality() {
            return column.cardinality();
        }

        @Override
        public String text(int code) {
            return column.value(code);
        }
    }
}
