package dev.funnel.inference.feature;

/** Reads the rows of a table that all candidates of a request share; those out of vocabulary are left out. */
@FunctionalInterface
interface RowsReader {
    /** The rows; empty is missing. */
    int[] read(Request request);
}
