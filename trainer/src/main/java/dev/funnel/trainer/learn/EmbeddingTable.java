package dev.funnel.trainer.learn;

import dev.funnel.bundle.FloatMatrix;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * Rows of embeddings being learnt. Gradients of a step are collected by row and applied at its end by Adagrad (Duchi et al.
 * 2011), to the rows touched only: a step costs what it reads, however large the table is. For one thread.
 */
public final class EmbeddingTable {
    private static final float EPSILON = 1e-8f;

    private final int width;
    private final float[] rows;
    private final float[] squares;
    private final int[] slotOfRow;
    private final BitSet moved = new BitSet();
    private int[] touched = new int[64];
    private float[] gradients;
    private int touchedCount;

    /** Rows that begin as zero vectors, so that what is never seen stays what is out of vocabulary. */
    public EmbeddingTable(int rowCount, int width) {
        this.width = width;
        this.rows = new float[Math.multiplyExact(rowCount, width)];
        this.squares = new float[rows.length];
        this.slotOfRow = new int[rowCount];
        this.gradients = new float[touched.length * width];
        Arrays.fill(slotOfRow, -1);
    }

    /** Rows that begin at random, with values of this standard deviation: two tables that multiply must not both begin at 0. */
    public static EmbeddingTable random(int rowCount, int width, double deviation, long seed) {
        EmbeddingTable table = new EmbeddingTable(rowCount, width);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < table.rows.length; i++) {
            table.rows[i] = (float) (deviation * random.nextGaussian());
        }
        return table;
    }

    /** The rows as they are now and as they will become: a view, not a copy. */
    public FloatMatrix view() {
        return FloatMatrix.of(rows, slotOfRow.length, width);
    }

    /** A copy of the rows. */
    public float[] copy() {
        return rows.clone();
    }

    /** Sets all rows. */
    public void restore(float[] values) {
        System.arraycopy(values, 0, rows, 0, rows.length);
    }

    /** Makes the rows that no step has touched zero vectors: what was never seen is out of vocabulary. */
    public void forgetUntouched() {
        for (int row = moved.nextClearBit(0); row < slotOfRow.length; row = moved.nextClearBit(row + 1)) {
            Arrays.fill(rows, row * width, (row + 1) * width, 0);
        }
    }

    public int size() {
        return slotOfRow.length;
    }

    public int width() {
        return width;
    }

    /** Copies a row to {@code into}, from {@code at} on. */
    public void read(int row, float[] into, int at) {
        System.arraycopy(rows, row * width, into, at, width);
    }

    /** Adds {@code scale} times a gradient, {@code width} numbers from {@code at} on, to that of a row. */
    public void collect(int row, float[] gradient, int at, float scale) {
        int slot = slot(row) * width;
        for (int c = 0; c < width; c++) {
            gradients[slot + c] += scale * gradient[at + c];
        }
    }

    /** Adds {@code factor} times the row itself to its gradient, as a cost of half of {@code factor} times its squared length does. */
    public void decay(int row, float factor) {
        int slot = slot(row) * width;
        for (int c = 0; c < width; c++) {
            gradients[slot + c] += factor * rows[row * width + c];
        }
    }

    /** What was collected since the last step, row after row; zero for rows not touched. */
    public float[] collected() {
        float[] all = new float[rows.length];
        for (int slot = 0; slot < touchedCount; slot++) {
            System.arraycopy(gradients, slot * width, all, touched[slot] * width, width);
        }
        return all;
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
    public void step(float rate) {
        step(rate, 0);
    }

    /** Moves the rows touched since the last step, whose cost also has half of {@code decay} times their squared length. */
    public void step(float rate, float decay) {
        for (int slot = 0; slot < touchedCount; slot++) {
            int row = touched[slot];
            for (int c = 0; c < width; c++) {
                int at = row * width + c;
                float gradient = gradients[slot * width + c] + decay * rows[at];
                squares[at] += gradient * gradient;
                rows[at] -= rate * gradient / ((float) Math.sqrt(squares[at]) + EPSILON);
            }
            slotOfRow[row] = -1;
            moved.set(row);
        }
        touchedCount = 0;
    }
}
