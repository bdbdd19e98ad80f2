package dev.funnel.inference.feature;

/** Columns of a cross that has rows for each candidate: their mean, the zero vector for none. */
record CrossPart(Lookup.OfCandidate lookup, VectorRows table) implements CandidatePart {
    @Override
    public void write(CandidateReadings readings, BlockRows into) {
        CandidateRows rows = readings.rows()[lookup.slot()];
        for (int i = 0; i < readings.size(); i++) {
            into.clear(i, lookup.column(), table.width());
            for (int r = rows.begin(i); r < rows.ends()[i]; r++) {
                into.add(i, lookup.column(), table, rows.rows()[r]);
            }
            into.divide(i, lookup.column(), table.width(), rows.ends()[i] - rows.begin(i));
        }
    }
}
