package dev.funnel.inference.feature;

import java.util.function.ObjIntConsumer;

/** Columns of a category or bag feature of the item: the mean of its rows, the zero vector for none. */
record ItemLookupPart(Lookup.OfItem lookup, VectorRows table) implements CandidatePart {
    @Override
    public void write(CandidateReadings readings, BlockRows into) {
        int[] items = readings.items();
        for (int i = 0; i < items.length; i++) {
            write(items[i], i, into);
        }
    }

    private void write(int item, int row, BlockRows into) {
        into.clear(row, lookup.column(), table.width());
        int known = 0;
        for (int i = 0; i < lookup.count(item); i++) {
            int vector = lookup.row(item, i);
            if (vector != Vocabulary.UNKNOWN) {
                into.add(row, lookup.column(), table, vector);
                known++;
            }
        }
        into.divide(row, lookup.column(), table.width(), known);
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
