package dev.funnel.inference.feature;

import java.util.Arrays;
import java.util.function.ObjIntConsumer;

/** Columns of a category or bag feature of the item: the mean of its rows, the zero vector for none. */
record ItemLookupPart(Lookup.OfItem lookup, VectorRows table) implements CandidatePart {
    @Override
    public void write(CandidateReadings readings, int from, int to, BlockRows into) {
        float[] mean = new float[table.width()];
        for (int i = from; i < to; i++) {
            Arrays.fill(mean, 0);
            add(readings.items()[i], mean);
            into.set(i, lookup.column(), mean);
        }
    }

    private void add(int item, float[] mean) {
        int known = 0;
        int count = lookup.count(item);
        for (int i = 0; i < count; i++) {
            int row = lookup.row(item, i);
            if (row != Vocabulary.UNKNOWN) {
                table.addTo(mean, row);
                known++;
            }
        }
        VectorRows.divide(mean, known);
    }

    @Override
    public void countMissing(CandidateReadings readings, ObjIntConsumer<String> missing) {
        int count = 0;
        for (int item : readings.items()) {
            count += lookup.known(item) ? 0 : 1;
        }
        missing.accept(lookup.feature(), count);
    }
}
