package dev.funnel.inference.feature;

import java.util.function.ObjIntConsumer;

/** Columns of one feature that has a row for each candidate. */
@FunctionalInterface
interface CandidatePart {
    /** Writes the rows of candidates {@code from} to {@code to}. */
    void write(CandidateReadings readings, int from, int to, BlockRows into);

    /** Gives {@code missing} the number of candidates without a value, unless that is counted when it is read. */
    default void countMissing(CandidateReadings readings, ObjIntConsumer<String> missing) {}
}
