package dev.funnel.inference.feature;

import dev.funnel.bundle.schema.IndexFeature;
import java.util.function.ObjIntConsumer;

/** Columns of one index feature: row numbers, then what stands for none. */
sealed interface IndexPart {
    /** Of rows that all candidates share. */
    record OfRequest(IndexFeature feature, int slot, int column) implements IndexPart, RequestPart {
        @Override
        public void write(RequestReadings readings, BlockRows into) {
            int[] rows = readings.rows()[slot];
            for (int i = 0; i < feature.length(); i++) {
                into.setIndex(0, column + i, i < rows.length ? feature.first() + rows[i] : feature.unknown());
            }
        }
    }

    /** Of rows of the item. */
    record OfItem(IndexFeature feature, ItemRows rows, int column) implements IndexPart, CandidatePart {
        @Override
        public void write(CandidateReadings readings, int from, int to, BlockRows into) {
            for (int i = from; i < to; i++) {
                write(readings.items()[i], i, into);
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
        public void countMissing(CandidateReadings readings, ObjIntConsumer<String> missing) {
            int count = 0;
            for (int item : readings.items()) {
                count += rows.known(item) ? 0 : 1;
            }
            missing.accept(feature.name(), count);
        }
    }
}
