package dev.funnel.inference.feature;

import dev.funnel.bundle.schema.VectorTable;

/**
 * A feature that looks rows of a table up and averages them. Trainers walk the lookups to send a block's gradients back to
 * the rows that filled it.
 */
public sealed interface Lookup {
    /** The feature's name. */
    String feature();

    /** The table whose rows it averages. */
    VectorTable table();

    /** Index of its block in the schema. */
    int block();

    /** Its first column there. */
    int column();

    /** One lookup a request; its rows are {@code RequestReadings.rows()[slot]}. */
    record OfRequest(String feature, VectorTable table, int block, int column, int slot) implements Lookup {}

    /** One lookup a candidate, made of the person and the item; its rows are {@code CandidateReadings.rows()[slot]}. */
    record OfCandidate(String feature, VectorTable table, int block, int column, int slot) implements Lookup {}

    /** One lookup a candidate, made of the item alone. */
    final class OfItem implements Lookup {
        private final String feature;
        private final VectorTable table;
        private final int block;
        private final int column;
        private final ItemRows rows;

        OfItem(String feature, VectorTable table, int block, int column, ItemRows rows) {
            this.feature = feature;
            this.table = table;
            this.block = block;
            this.column = column;
            this.rows = rows;
        }

        @Override
        public String feature() {
            return feature;
        }

        @Override
        public VectorTable table() {
            return table;
        }

        @Override
        public int block() {
            return block;
        }

        @Override
        public int column() {
            return column;
        }

        /** How many values the item has; for item -1: none. */
        public int count(int item) {
            return item < 0 ? 0 : rows.count(item);
        }

        /** True if the item has a row. */
        boolean known(int item) {
            return rows.known(item);
        }

        /** Lists the known rows of items {@code from} to {@code to}; item -1 has none. */
        void list(int[] items, int from, int to, RowList into) {
            rows.list(items, from, to, into);
        }

        /** The row of value {@code i}, or {@link Vocabulary#UNKNOWN}, which does not count. */
        public int row(int item, int i) {
            return rows.row(item, i);
        }
    }
}
