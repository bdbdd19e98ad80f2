package dev.funnel.inference.feature;

/** Columns of a category or bag feature that all candidates share: the mean of its rows, the zero vector for none. */
record RequestLookupPart(Lookup.OfRequest lookup, VectorRows table) {
    void write(int[] rows, BlockRows into) {
        into.clear(0, lookup.column(), table.width());
        for (int row : rows) {
            into.add(0, lookup.column(), table, row);
        }
        into.divide(0, lookup.column(), table.width(), rows.length);
    }
}
