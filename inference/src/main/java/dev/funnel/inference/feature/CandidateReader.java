package dev.funnel.inference.feature;

/** Reads one raw number for one candidate; NaN is missing. */
@FunctionalInterface
interface CandidateReader {
    /**
     * The number.
     *
     * @param candidate position in the pool
     * @param item its item index; never -1 unless the source is CANDIDATE
     */
    float read(Request request, int candidate, int item);
}
