package dev.funnel.candidate.index;

import dev.funnel.bundle.FloatMatrix;

/** Rows {@code from} to before {@code to} of the item table. */
record RowRange(int from, int to) {
    /** These rows of a matrix. */
    FloatMatrix of(FloatMatrix matrix) {
        return matrix.rows(from, to);
    }

    int size() {
        return to - from;
    }
}
