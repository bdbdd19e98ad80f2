package dev.funnel.inference.feature;

/** Columns of one embedding feature of the item: its row of a table, the zero vector for an item the bundle does not hold. */
record VectorPart(VectorRows table, int column) implements CandidatePart {
    @Override
    public Writing of(CandidateReadings readings) {
        return (from, to, into) -> write(readings, from, to, into);
    }

    private void write(CandidateReadings readings, int from, int to, Tile into) {
        int[] items = readings.items();
        for (int i = from; i < to; i++) {
            if (items[i] < 0 || !table.holds(items[i])) {
                into.clear(i - from, column, table.width());
            } else {
                into.set(i - from, column, table, items[i]);
            }
        }
    }
}
