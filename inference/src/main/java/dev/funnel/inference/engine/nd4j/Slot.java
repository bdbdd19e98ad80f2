package dev.funnel.inference.engine.nd4j;

/**
 * A value of the network while it runs, one row after the other in memory.
 *
 * @param index its place in a {@link Tile}
 * @param width numbers in a row
 * @param perRow whether there is a row for each candidate, or one for all
 */
record Slot(int index, int width, boolean perRow) {
    /** Numbers from one row to the next, for a value that is read once for each candidate. */
    int stride() {
        return perRow ? width : 0;
    }
}
