package dev.funnel.reranker.snapshot;

import dev.funnel.bundle.CategoryColumn;
import dev.funnel.bundle.CategoryListColumn;
import dev.funnel.bundle.Column;
import dev.funnel.bundle.ItemTable;
import java.util.BitSet;
import java.util.List;

/**
 * A column of keys by which items belong together (uploader, category, language), whether an item has at most one or many. Keys
 * are told apart by code; an item of a column that the bundle lacks has none.
 */
public sealed interface KeyColumn {
    /** Number of keys of an item. */
    int count(int itemIndex);

    /** Code of its {@code i}-th key, not negative. */
    int code(int itemIndex, int i);

    /** The key that a code stands for. */
    String value(int code);

    /** The code of a key; -1 if no item has it. */
    int codeOf(String value);

    /** The codes of those of {@code values} that any item has. */
    default BitSet codesOf(List<String> values) {
        BitSet codes = new BitSet();
        for (String value : values) {
            int code = codeOf(value);
            if (code >= 0) {
                codes.set(code);
            }
        }
        return codes;
    }

    /** The key column of that name; {@link None} if the table has no category or category-list column of that name. */
    static KeyColumn of(ItemTable items, String name) {
        Column column = items.column(name);
        if (column instanceof CategoryColumn one) {
            return new One(one);
        }
        return column instanceof CategoryListColumn many ? new Many(many) : new None();
    }

    /** At most one key an item. */
    record One(CategoryColumn column) implements KeyColumn {
        @Override
        public int count(int itemIndex) {
            return column.code(itemIndex) < 0 ? 0 : 1;
        }

        @Override
        public int code(int itemIndex, int i) {
            return column.code(itemIndex);
        }

        @Override
        public String value(int code) {
            return column.value(code);
        }

        @Override
        public int codeOf(String value) {
            return column.codeOf(value);
        }
    }

    /** Any number of keys an item. */
    record Many(CategoryListColumn column) implements KeyColumn {
        @Override
        public int count(int itemIndex) {
            return column.count(itemIndex);
        }

        @Override
        public int code(int itemIndex, int i) {
            return column.code(itemIndex, i);
        }

        @Override
        public String value(int code) {
            return column.value(code);
        }

        @Override
        public int codeOf(String value) {
            return column.codeOf(value);
        }
    }

    /** No keys: the bundle lacks the column. */
    record None() implements KeyColumn {
        @Override
        public int count(int itemIndex) {
            return 0;
        }

        @Override
        public int code(int itemIndex, int i) {
            throw new IndexOutOfBoundsException(i);
        }

        @Override
        public String value(int code) {
            throw new IndexOutOfBoundsException(code);
        }

        @Override
        public int codeOf(String value) {
            return -1;
        }
    }
}
