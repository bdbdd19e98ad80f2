package dev.funnel.inference.feature;

import java.util.Arrays;

/** Rows of a table for each of a few candidates, one candidate after the other. Reused; for one thread. */
final class RowList {
    private final int[] ends = new int[Tile.ROWS];
    private int[] rows = new int[4 * Tile.ROWS];
    private int size;
    private int candidates;

    /** Forgets all candidates. */
    void begin() {
        size = 0;
        candidates = 0;
    }

    /** Makes room for so many rows of the next candidate. */
    void need(int more) {
        if (size + more > rows.length) {
            rows = Arrays.copyOf(rows, 2 * (size + more));
        }
    }

    /** Adds a row of the next candidate, unless it is {@link Vocabulary#UNKNOWN}; there must be room. */
    void add(int row) {
        rows[size] = row;
        size += row == Vocabulary.UNKNOWN ? 0 : 1;
    }

    /** All rows of the next candidate are there. */
    void end() {
        ends[candidates++] = size;
    }

    /** Where the rows of a candidate begin. */
    int begin(int candidate) {
        return candidate == 0 ? 0 : ends[candidate - 1];
    }

    /** Where they end. */
    int end(int candidate) {
        return ends[candidate];
    }

    /** All rows; of no meaning after the last end. */
    int[] rows() {
        return rows;
    }
}
