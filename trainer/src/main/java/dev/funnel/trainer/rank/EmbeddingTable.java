package dev.funnel.trainer.rank;

import dev.funnel.bundle.FloatMatrix;
import java.util.Arrays;

/**
 * Rows of embeddings being learnt. They begin as zero vectors, so that what is never seen stays what is out of vocabulary.
 * Gradients of a step are collected by row and applied at its end by Adagrad (Duchi et al. 2011), to the rows touched only.
 */
final class EmbeddingTable {
    private static final float EPSILON = 1e-8f;

    private final int width;
    private final float[] rows;
    private final float[] squares;
    private final int[] slotOfRow;
    private int[] touched = new int[64];
    private float[] gradients;
    private int touchedCount;

    EmbeddingTable(int rowCount, int width) {
        this.width = width;
        this.rows = new float[rowCount * width];
        this.squares = new float[rowCount * width];
        this.slotOfRow = new int[rowCount];
        this.gradients = new float[touched.length * width];
        Arrays.fill(slotOfRow, -1);
    }

    /** The rows as they are now and as they will become: a view, not a copy. */
    FloatMatrix view() {
        return FloatMatrix.of(rows, slotOfRow.length, width);
    }

    /** A copy of the rows. */
    float[] copy() {
        return rows.clone();
    }

    /** Sets all rows. */
    void restore(float[] values) {
        System.arraycopy(values, 0, rows, 0, rows.length);
    }

    int width() {
        return width;
    }

    /** Adds {@code scale} times a gradient, {@code width} numbers from {@code at} on, to that of a row. */
    void collect(int row, float[] gradient, int at, float scale) {
        int slot = slot(row) * width;
        for (int c = 0; c < width; c++) {
            gradients[slot + c] += scale * gradient[at + c];
        }
    }

    private int slot(int row) {
        if (slotOfRow[row] >= 0) {
            return slotOfRow[row];
        }
        if (touchedCount == touched.length) {
            touched = Arrays.copyOf(touched, 2 * touchedCount);
            gradients = Arrays.copyOf(gradients, 2 * touchedCount * width);
        }
        touched[touchedCount] = row;
        Arrays.fill(gradients, touchedCount * width, (touchedCount + 1) * width, 0);
        slotOfRow[row] = touchedCount;
        return touchedCount++;
    }

    /** Moves the rows touched since the last step. */
    void step(float rate) {
        for (int slot = 0; slot < touchedCount; slot++) {
            int row = touched[slot];
            for (int c = 0; c < width; c++) {
                float gradient = gradients[slot * width + c];
                int at = row * width + c;
                squares[at] += gradient * gradient;
                rows[at] -= rate * gradient / ((float) Math.sqrt(squares[at]) + EPSILON);
            }
            slotOfRow[row] = -1;
        }
        touchedCount = 0;
    }
}
