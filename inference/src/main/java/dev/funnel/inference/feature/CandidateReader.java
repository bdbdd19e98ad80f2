package dev.funnel.inference.feature;

/** Reads one raw number for each candidate of a slice. */
@FunctionalInterface
interface CandidateReader {
    Numbers read(Slice slice);
}
