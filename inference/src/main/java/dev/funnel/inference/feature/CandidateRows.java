package dev.funnel.inference.feature;

import java.util.Arrays;

/**
 * Rows of a table that a slice of the candidates look up, one candidate after the other.
 *
 * @param ends per candidate, where its rows end; they begin where those of the one before end
 * @param size how many candidates there are; {@code ends} may be longer
 * @param rows all rows; of no meaning from the last end on
 */
public record CandidateRows(int[] ends, int size, int[] rows) {
    /** Where the rows of a candidate begin. */
    public int begin(int candidate) {
        return candidate == 0 ? 0 : ends[candidate - 1];
    }

    /** How many candidates have no rows. */
    public int without() {
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += begin(i) == ends[i] ? 1 : 0;
        }
        return count;
    }

    /** A copy of the rows of one candidate. */
    public int[] rows(int candidate) {
        return Arrays.copyOfRange(rows, begin(candidate), ends[candidate]);
    }
}
