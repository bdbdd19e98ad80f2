package dev.funnel.retrieval;

import java.util.Arrays;

/**
 * A symmetric positive definite system A x = b that grows by weighted outer products, and its solution by Cholesky
 * factorisation A = U^T U (Golub and Van Loan 2013, <i>Matrix Computations</i>, section 4.2).
 *
 * <p>Only the upper triangle of A is kept. All the time goes into adding rows to rows, four at a time: d^2/2 multiplications
 * for each observed row and d^3/6 for the factorisation. Rows are arrays of their own, so that every array in those loops is
 * read at the same index and the compiler can vectorise them. For one thread.
 */
final class NormalEquations {

    /** Pivots are kept above this share of their diagonal element, so that rounding never takes the root of a negative. */
    private static final float SMALLEST_PIVOT = 1e-6f;

    private static final int AT_ONCE = 4;

    private final int dimensions;
    private final float[][] matrix;
    private final float[] right;
    /** Observed rows that wait to be added, and their weights. */
    private final float[][] rows;

    private final float[] weights = new float[AT_ONCE];
    private int waiting;

    NormalEquations(int dimensions) {
        this.dimensions = dimensions;
        this.matrix = new float[dimensions][dimensions];
        this.right = new float[dimensions];
        this.rows = new float[AT_ONCE][dimensions];
    }

    /** Starts anew with A = scale x the given symmetric matrix, b = 0. */
    void start(float[] symmetric, float scale) {
        for (int r = 0; r < dimensions; r++) {
            for (int c = 0; c < dimensions; c++) {
                matrix[r][c] = scale * symmetric[r * dimensions + c];
            }
        }
        Arrays.fill(right, 0);
        waiting = 0;
    }

    /** Where the next row is to be written before it is added. */
    float[] nextRow() {
        return rows[waiting];
    }

    /** Takes the row v just written: A += weight v v^T, b += weight v. */
    void addRow(float weight) {
        weights[waiting++] = weight;
        if (waiting == AT_ONCE) {
            addWaiting();
        }
    }

    /** Solves (A + ridge I) x = b, writes x to {@code into[at..]}. The system is used up. */
    void solve(float ridge, float[] into, int at) {
        if (waiting > 0) {
            Arrays.fill(weights, waiting, AT_ONCE, 0);
            addWaiting();
        }
        factorize(ridge);
        substituteForward();
        substituteBackward();
        System.arraycopy(right, 0, into, at, dimensions);
    }

    private void addWaiting() {
        for (int r = 0; r < dimensions; r++) {
            float w0 = weights[0] * rows[0][r];
            float w1 = weights[1] * rows[1][r];
            float w2 = weights[2] * rows[2][r];
            float w3 = weights[3] * rows[3][r];
            right[r] += w0 + w1 + w2 + w3;
            addFour(matrix[r], r, rows, 0, w0, w1, w2, w3);
        }
        waiting = 0;
    }

    /** Turns the upper triangle of A + ridge I into U, top row first: each row less what the rows above explain of it. */
    private void factorize(float ridge) {
        for (int r = 0; r < dimensions; r++) {
            float[] row = matrix[r];
            row[r] += ridge;
            float smallest = SMALLEST_PIVOT * row[r];
            int above = 0;
            for (; above + AT_ONCE <= r; above += AT_ONCE) {
                addFour(
                        row,
                        r,
                        matrix,
                        above,
                        -matrix[above][r],
                        -matrix[above + 1][r],
                        -matrix[above + 2][r],
                        -matrix[above + 3][r]);
            }
            for (; above < r; above++) {
                addOne(row, r, matrix[above], -matrix[above][r]);
            }
            row[r] = Math.max(row[r], smallest);
            scale(row, r, (float) (1 / Math.sqrt(row[r])));
        }
    }

    private void substituteForward() {
        for (int r = 0; r < dimensions; r++) {
            right[r] /= matrix[r][r];
            addOne(right, r + 1, matrix[r], -right[r]);
        }
    }

    private void substituteBackward() {
        for (int r = dimensions - 1; r >= 0; r--) {
            float left = right[r];
            for (int c = r + 1; c < dimensions; c++) {
                left -= matrix[r][c] * right[c];
            }
            right[r] = left / matrix[r][r];
        }
    }

    private static void addFour(
            float[] into, int from, float[][] source, int first, float f0, float f1, float f2, float f3) {
        float[] s0 = source[first];
        float[] s1 = source[first + 1];
        float[] s2 = source[first + 2];
        float[] s3 = source[first + 3];
        for (int c = from; c < into.length; c++) {
            into[c] += f0 * s0[c] + f1 * s1[c] + f2 * s2[c] + f3 * s3[c];
        }
    }

    private static void addOne(float[] into, int from, float[] source, float factor) {
        for (int c = from; c < into.length; c++) {
            into[c] += factor * source[c];
        }
    }

    /** Scales a row from its diagonal on; the diagonal becomes the root of the pivot. */
    private static void scale(float[] row, int from, float factor) {
        for (int c = from; c < row.length; c++) {
            row[c] *= factor;
        }
    }
}
