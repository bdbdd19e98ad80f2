package dev.funnel.trainer.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of one table that are learnt, cut into a fixed number of parts that are moved side by side: row r is in part r modulo their
 * number. Each part goes through a batch in its order, so the result does not depend on who moves it.
 */
public final class RowTable {
    /** How many parts there are, whatever the number of threads. */
    public static final int PARTS = 8;

    /** The row of a value that is not known: the zero vector. */
    public static final int UNKNOWN = -1;

    private final int width;
    private final EmbeddingTable[] parts = new EmbeddingTable[PARTS];

    /** Random rows of this standard deviation; of 0: zero vectors. */
    public RowTable(int rows, int width, double deviation, long seed) {
        this.width = width;
        Arrays.setAll(parts, part -> EmbeddingTable.random((rows + PARTS - 1) / PARTS, width, deviation, seed + part));
    }

    /** Columns of a row. */
    public int width() {
        return width;
    }

    /** Copies a row to {@code into}; the zero vector for an unknown one. */
    public void read(int row, float[] into, int at) {
        if (row == UNKNOWN) {
            Arrays.fill(into, at, at + width, 0);
        } else {
            parts[row % PARTS].read(row / PARTS, into, at);
        }
    }

    /** Adds a gradient to that of a row, if the row is in the part. */
    public void collect(int part, int row, float[] gradient, int at) {
        if (row % PARTS == part) {
            parts[part].collect(row / PARTS, gradient, at, 1);
        }
    }

    /** Adds {@code factor} times a row itself to its gradient, if the row is in the part. */
    public void decay(int part, int row, float factor) {
        if (row % PARTS == part) {
            parts[part].decay(row / PARTS, factor);
        }
    }

    /** Moves the rows of a part that were collected for or that decay. */
    public void step(int part, float rate, float decay) {
        parts[part].step(rate, decay);
    }

    /** A copy of all rows, part by part. */
    public List<float[]> copy() {
        List<float[]> rows = new ArrayList<>();
        for (EmbeddingTable part : parts) {
            rows.add(part.copy());
        }
        return rows;
    }

    /** Sets all rows to those of a copy. */
    public void restore(List<float[]> rows) {
        for (int part = 0; part < PARTS; part++) {
            parts[part].restore(rows.get(part));
        }
    }

    /** Makes rows that no step has moved zero vectors. */
    public void forgetUntouched() {
        for (EmbeddingTable part : parts) {
            part.forgetUntouched();
        }
    }
}
