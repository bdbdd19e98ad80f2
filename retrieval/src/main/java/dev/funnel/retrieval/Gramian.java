package dev.funnel.retrieval;

import dev.funnel.bundle.FloatMatrix;

/**
 * The Gramian of a matrix: the sum of v v^T over its rows v, columns x columns, row by row. It stands for all unobserved
 * pairs at once, which is what makes the cost of iALS independent of their number (Hu, Koren and Volinsky 2008, section 4).
 *
 * <p>Rows are summed in at most {@value #MOST_BLOCKS} blocks, in double precision, and the blocks in order: the result does not
 * depend on which thread sums which block.
 */
public final class Gramian {

    private static final int FEWEST_ROWS = 256;
    private static final int MOST_BLOCKS = 64;

    private Gramian() {}

    /** The Gramian of all rows, on the calling thread. */
    public static float[] of(FloatMatrix rows) {
        double[][] blocks = new double[blocks(rows)][];
        for (int block = 0; block < blocks.length; block++) {
            blocks[block] = block(rows, block);
        }
        return sum(blocks, rows.columns());
    }

    /** How many blocks the rows make. */
    public static int blocks(FloatMatrix rows) {
        return Math.ceilDiv(rows.rows(), blockRows(rows));
    }

    /** The upper triangle of one block's Gramian. */
    public static double[] block(FloatMatrix rows, int block) {
        float[] row = new float[rows.columns()];
        double[] sum = new double[row.length * row.length];
        int from = block * blockRows(rows);
        int to = Math.min(rows.rows(), from + blockRows(rows));
        for (int r = from; r < to; r++) {
            rows.copyRow(r, row, 0);
            addOuterProduct(row, sum);
        }
        return sum;
    }

    /** The whole Gramian from the upper triangles of all blocks, in order. */
    public static float[] sum(double[][] blocks, int columns) {
        float[] gramian = new float[columns * columns];
        for (int r = 0; r < columns; r++) {
            for (int c = r; c < columns; c++) {
                double sum = 0;
                for (double[] block : blocks) {
                    sum += block[r * columns + c];
                }
                gramian[r * columns + c] = (float) sum;
                gramian[c * columns + r] = (float) sum;
            }
        }
        return gramian;
    }

    private static int blockRows(FloatMatrix rows) {
        return Math.max(FEWEST_ROWS, Math.ceilDiv(rows.rows(), MOST_BLOCKS));
    }

    private static void addOuterProduct(float[] row, double[] sum) {
        int d = row.length;
        for (int r = 0; r < d; r++) {
            double factor = row[r];
            int at = r * d;
            for (int c = r; c < d; c++) {
                sum[at + c] += factor * row[c];
            }
        }
    }
}
