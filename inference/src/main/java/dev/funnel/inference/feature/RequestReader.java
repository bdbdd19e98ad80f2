package dev.funnel.inference.feature;

/** Reads one raw number that all candidates of a request share; NaN is missing. */
@FunctionalInterface
interface RequestReader {
    /** The number. */
    float read(Request request);
}
