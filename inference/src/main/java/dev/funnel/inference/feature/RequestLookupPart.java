package dev.funnel.inference.feature;

/** Columns of a category or bag feature that all candidates share: the mean of its rows, the zero vector for none. */
record RequestLookupPart(Lookup.OfRequest lookup, VectorRows table) implements RequestPart {
    @Override
    public void write(RequestReadings readings, BlockRows into) {
        int[] rows = readings.rows()[lookup.slot()];
        float[] sum = new float[table.width()];
        float[] one = new float[table.width()];
        for (int row : rows) {
            table.copy(row, one);
            for (int c = 0; c < sum.length; c++) {
                sum[c] += one[c];
            }
        }
        for (int c = 0; c < sum.length && rows.length > 1; c++) {
            sum[c] /= rows.length;
        }
        into.set(0, lookup.column(), sum);
    }
}
