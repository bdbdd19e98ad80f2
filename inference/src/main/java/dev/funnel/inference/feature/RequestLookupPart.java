package dev.funnel.inference.feature;

/** Columns of a category or bag feature that all candidates share: the mean of its rows, the zero vector for none. */
record RequestLookupPart(Lookup.OfRequest lookup, VectorRows table) implements RequestPart {
    @Override
    public void write(RequestReadings readings, BlockRows into) {
        int[] rows = readings.rows()[lookup.slot()];
        float[] mean = new float[table.width()];
        for (int row : rows) {
            table.addTo(mean, row);
        }
        VectorRows.divide(mean, rows.length);
        into.set(0, lookup.column(), mean);
    }
}
