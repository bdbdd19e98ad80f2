package dev.funnel.inference.feature;

/** Columns of one feature that all candidates share. */
@FunctionalInterface
interface RequestPart {
    /** Writes row 0. */
    void write(RequestReadings readings, Tile into);
}
