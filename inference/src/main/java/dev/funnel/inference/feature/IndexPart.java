package dev.funnel.inference.feature;

import dev.funnel.bundle.schema.IndexFeature;
import java.util.function.ObjIntConsumer;

/** Columns of one index feature: row numbers, then what stands for none. */
sealed interface IndexPart {
    /** Writes row 0 if all candidates share the rows, else a row for each candidate. */
    void write(RequestReadings request, CandidateReadings candidates, BlockRows into);

    /** Gives {@code missing} the number of candidates without a row, unless that is counted when it is read. */
    void countMissing(CandidateReadings candidates, ObjIntConsumer<String> missing);

    /** Of rows that all candidates share. */
    record OfRequest(IndexFeature feature, int slot, int column) implements IndexPart {
        @Override
        public void write(RequestReadings request, CandidateReadings candidates, BlockRows into) {
            int[] rows = request.rows()[slot];
            for (int i = 0; i < feature.length(); i++) {
                into.setIndex(0, column + i, i < rows.length ? feature.first() + rows[i] : feature.unknown());
            }
        }

        @Override
        public void countMissing(CandidateReadings candidates, ObjIntConsumer<String> missing) {}
    }

    /** Of rows of the item. */
    record OfItem(IndexFeature feature, ItemRows rows, int column) implements IndexPart {
        @Override
        public void write(RequestReadings request, CandidateReadings candidates, BlockRows into) {
            for (int i = 0; i < candidates.size(); i++) {
                write(candidates.items()[i], i, into);
            }
        }

        private void write(int item, int row, BlockRows into) {
            int count = item < 0 ? 0 : rows.count(item);
            int filled = 0;
            for (int i = 0; i < count && filled < feature.length(); i++) {
                int known = rows.row(item, i);
                if (known != Vocabulary.UNKNOWN) {
                    into.setIndex(row, column + filled++, feature.first() + known);
                }
            }
            for (; filled < feature.length(); filled++) {
                into.setIndex(row, column + filled, feature.unknown());
            }
        }

        @Override
        public void countMissing(CandidateReadings candidates, ObjIntConsumer<String> missing) {
            int count = 0;
            for (int i = 0; i < candidates.size(); i++) {
                count += rows.known(candidates.items()[i]) ? 0 : 1;
            }
            missing.accept(feature.name(), count);
        }
    }
}
