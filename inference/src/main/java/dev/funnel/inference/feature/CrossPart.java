package dev.funnel.inference.feature;

/** Columns of a cross that has rows for each candidate: their mean, the zero vector for none. */
record CrossPart(Lookup.OfCandidate lookup, VectorRows table) implements CandidatePart {
    @Override
    public Writing of(CandidateReadings readings) {
        return (from, to, into) -> write(readings, from, to, into);
    }

    private void write(CandidateReadings readings, int from, int to, Tile into) {
        CandidateRows rows = readings.rows()[lookup.slot()];
        for (int i = from; i < to; i++) {
            into.setMean(i - from, lookup.column(), table, rows.rows(), rows.begin(i), rows.ends()[i]);
        }
    }
}
