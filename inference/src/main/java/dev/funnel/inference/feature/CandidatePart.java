package dev.funnel.inference.feature;

import java.util.function.ObjIntConsumer;

/** Columns of one feature that has a row for each candidate. */
@FunctionalInterface
interface CandidatePart {
    /** Writes a row for each of the readings. */
    void write(CandidateReadings readings, BlockRows into);

    /** Gives {@code missing} the number of candidates without a value, unless that is counted when it is read. */
    default void countMissing(CandidateReadings readings, ObjIntConsumer<String> missing) {}
}
