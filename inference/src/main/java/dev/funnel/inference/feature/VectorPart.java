package dev.funnel.inference.feature;

/** Columns of one embedding feature of the item: its row of a table, the zero vector for an item the bundle does not hold. */
record VectorPart(VectorRows table, int column) implements CandidatePart {
    @Override
    public void write(CandidateReadings readings, int from, int to, BlockRows into) {
        int[] items = readings.items();
        for (int row = from; row < to; row++) {
            if (items[row] < 0 || !table.holds(items[row])) {
                into.clear(row, column, table.width());
            } else {
                into.set(row, column, table, items[row]);
            }
        }
    }
}
