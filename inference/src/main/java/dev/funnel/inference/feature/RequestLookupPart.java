package dev.funnel.inference.feature;

/** Columns of a category or bag feature that all candidates share: the mean of its rows, the zero vector for none. */
record RequestLookupPart(Lookup.OfRequest lookup, VectorRows table) implements RequestPart {
    @Override
    public void write(RequestReadings readings, Tile into) {
        int[] rows = readings.rows()[lookup.slot()];
        into.setMean(0, lookup.column(), table, rows, 0, rows.length);
    }
}
