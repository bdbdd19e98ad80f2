package dev.funnel.inference.feature;

import java.util.Arrays;

/** Columns of a cross that has rows for each candidate: their mean, the zero vector for none. */
record CrossPart(Lookup.OfCandidate lookup, VectorRows table) implements CandidatePart {
    @Override
    public void write(CandidateReadings readings, int from, int to, BlockRows into) {
        CandidateRows rows = readings.rows()[lookup.slot()];
        float[] mean = new float[table.width()];
        for (int i = from; i < to; i++) {
            Arrays.fill(mean, 0);
            for (int r = rows.begin(i); r < rows.ends()[i]; r++) {
                table.addTo(mean, rows.rows()[r]);
            }
            VectorRows.divide(mean, rows.ends()[i] - rows.begin(i));
            into.set(i, lookup.column(), mean);
        }
    }
}
