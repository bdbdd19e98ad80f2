package dev.funnel.inference.feature;

import java.util.function.ObjIntConsumer;

/** Columns of a category or bag feature of the item: the mean of its rows, the zero vector for none. */
record ItemLookupPart(Lookup.OfItem lookup, VectorRows table) implements CandidatePart {
    @Override
    public Writing of(CandidateReadings readings) {
        return (from, to, into) -> write(readings, from, to, into);
    }

    private void write(CandidateReadings readings, int from, int to, Tile into) {
        RowList found = into.rows();
        lookup.list(readings.items(), from, to, found);
        for (int i = 0; i < to - from; i++) {
            into.setMean(i, lookup.column(), table, found.rows(), found.begin(i), found.end(i));
        }
    }

    @Override
    public void countMissing(CandidateReadings readings, ObjIntConsumer<String> missing) {
        int count = 0;
        for (int i = 0; i < readings.size(); i++) {
            count += lookup.known(readings.items()[i]) ? 0 : 1;
        }
        missing.accept(lookup.feature(), count);
    }
}
