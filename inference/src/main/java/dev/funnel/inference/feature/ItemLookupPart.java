package dev.funnel.inference.feature;

/** Columns of a category or bag feature of the item: the mean of its rows, the zero vector for none. */
record ItemLookupPart(Lookup.OfItem lookup, VectorRows table) {
    void write(int[] items, BlockRows into) {
        for (int i = 0; i < items.length; i++) {
            write(items[i], i, into);
        }
    }

    private void write(int item, int row, BlockRows into) {
        into.clear(row, lookup.column(), table.width());
        int known = 0;
        for (int i = 0; i < lookup.count(item); i++) {
            int vector = lookup.row(item, i);
            if (vector != Vocabulary.UNKNOWN) {
                into.add(row, lookup.column(), table, vector);
                known++;
            }
        }
        into.divide(row, lookup.column(), table.width(), known);
    }

    /** True if the item has a row. */
    boolean known(int item) {
        for (int i = 0; i < lookup.count(item); i++) {
            if (lookup.row(item, i) != Vocabulary.UNKNOWN) {
                return true;
            }
        }
        return false;
    }
}
