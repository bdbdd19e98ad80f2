package dev.funnel.inference.feature;

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

    /**
     * Makes room for so many rows of all candidates together. Codes may stand there until the rows that they have are added, in the same
     * order: a row never comes to stand after its code.
     */
    int[] room(int most) {
        if (most > rows.length) {
            rows = new int[2 * most];
        }
        return rows;
    }

    /** Where the codes of each candidate end may stand here until {@link #end} of that candidate. */
    int[] ends() {
        return ends;
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
