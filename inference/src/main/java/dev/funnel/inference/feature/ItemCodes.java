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

    /** Puts the codes of the item's values into {@code into}, from {@code at} on; returns how many there are. */
    int copy(int item, int[] into, int at);

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
        public int copy(int item, int[] into, int at) {
            int code = column.code(item);
            if (code == CategoryColumn.MISSING) {
                return 0;
            }
            into[at] = code;
            return 1;
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
        public int copy(int item, int[] into, int at) {
            int count = column.count(item);
            for (int i = 0; i < count; i++) {
                into[at + i] = column.code(item, i);
            }
            return count;
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
