package dev.funnel.inference.feature;

import java.util.function.ObjIntConsumer;

/** Columns of one feature that has a row for each candidate. */
@FunctionalInterface
interface CandidatePart {
    /** Makes ready to write a slice of the candidates. */
    Writing of(CandidateReadings readings);

    /** A slice being written, tile by tile. */
    @FunctionalInterface
    interface Writing {
        /** Writes the rows of candidates {@code from} to {@code to}, at most {@link Tile#ROWS}, from row 0 of the tile on. */
        void write(int from, int to, Tile into);
    }

    /** Gives {@code missing} the number of candidates without a value, unless that is counted when it is read. */
    default void countMissing(CandidateReadings readings, ObjIntConsumer<String> missing) {}
}
