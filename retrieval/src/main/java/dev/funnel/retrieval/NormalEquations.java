package dev.funnel.retrieval;

import java.util.Arrays;

/**
 * A symmetric positive definite system A x = b that grows by weighted outer products, and its solution by Cholesky
 * factorisation A = U^T U (Golub and Van Loan 2013, <i>Matrix Computations</i>, section 4.2).
 *
 * <p>Only the upper triangle of A is kept; what lies below it is left over from sums. All the time goes into adding rows to rows, eight at
 * a time: d^2/2 multiplications for each observed row and d^3/6 for the factorisation. Rows are arrays of their own, filled up with zeros
 * to a multiple of 16 values, so that {@link VectorArithmetic#addRows} reads whole vectors. For one thread.
 */
final class NormalEquations {

    /** Pivots are kept above this share of their diagonal element, so that rounding never takes the root of a negative. */
    private static final float SMALLEST_PIVOT = 1e-6f;

    private static final int AT_ONCE = VectorArithmetic.ROWS;
    private static final int WHOLE = 16;

    private final int dimensions;
    private final VectorArithmetic arithmetic;
    private final float[][] matrix;
    private final float[] right;
    /** Observed rows that wait to be added, and their weights. */
    private final float[][] rows;

    private final float[] weights = new float[AT_ONCE];
    private final float[] factors = new float[AT_ONCE];
    private int waiting;

    NormalEquations(int dimensions) {
        this(dimensions, VectorArithmetic.fastest());
    }

    NormalEquations(int dimensions, VectorArithmetic arithmetic) {
        int columns = Math.ceilDiv(dimensions, WHOLE) * WHOLE;
        this.dimensions = dimensions;
        this.arithmetic = arithmetic;
        this.matrix = new float[columns][columns];
        this.right = new float[columns];
        this.rows = new float[AT_ONCE][columns];
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
        arithmetic.addRows(right, 0, rows, 0, weights);
        for (int r = 0; r < dimensions; r++) {
            for (int i = 0; i < AT_ONCE; i++) {
                factors[i] = weights[i] * rows[i][r];
            }
            arithmetic.addRows(matrix[r], r, rows, 0, factors);
        }
        waiting = 0;
    }

    /** Turns the upper triangle of A + ridge I into U, top row first: each row less what the rows above explain of it. */
    private void factorize(float ridge) {
        for (int r = 0; r < dimensions; r++) {
            float[] row = matrix[r];
            row[r] += ridge;
            float smallest = SMALLEST_PIVOT * row[r];
            for (int above = 0; above < r; above += AT_ONCE) {
                for (int i = 0; i < AT_ONCE; i++) {
                    factors[i] = above + i < r ? -matrix[above + i][r] : 0;
                }
                arithmetic.addRows(row, r, matrix, above, factors);
            }
            row[r] = Math.max(row[r], smallest);
            scale(row, r, (float) (1 / Math.sqrt(row[r])));
        }
    }

    private void substituteForward() {
        for (int r = 0; r < dimensions; r++) {
            right[r] /= matrix[r][r];
            subtract(right, r + 1, matrix[r], right[r]);
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

    private static void subtract(float[] from, int at, float[] row, float factor) {
        for (int c = at; c < from.length; c++) {
            from[c] -= factor * row[c];
        }
    }

    /** Scales a row from its diagonal on; the diagonal becomes the root of the pivot. */
    private static void scale(float[] row, int from, float factor) {
        for (int c = from; c < row.length; c++) {
            row[c] *= factor;
        }
    }
}
