package dev.funnel.retrieval;

import java.util.Arrays;

/**
 * A symmetric positive definite system A x = b that grows by weighted outer products, and its solution by Cholesky
 * factorisation A = U^T U (Golub and Van Loan 2013, <i>Matrix Computations</i>, section 4.2).
 *
 * <p>Only the upper triangle of A is kept. All the time goes into adding rows to rows, four at a time to two: d^2/2 multiplications
 * for each observed row and d^3/6 for the factorisation. What is added is read once for both, which halves the loads that those loops wait
 * for. Rows are arrays of their own, so that every array in them is read at the same index and the compiler can vectorise them. For one
 * thread.
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
    /** What a few rows are multiplied by for one row of the triangle, and for the row below it. */
    private final float[] upper = new float[AT_ONCE];

    private final float[] lower = new float[AT_ONCE];
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
            right[r] += weights[0] * rows[0][r]
                    + weights[1] * rows[1][r]
                    + weights[2] * rows[2][r]
                    + weights[3] * rows[3][r];
        }
        int r = 0;
        for (; r + 1 < dimensions; r += 2) {
            for (int i = 0; i < AT_ONCE; i++) {
                upper[i] = weights[i] * rows[i][r];
                lower[i] = weights[i] * rows[i][r + 1];
            }
            addFourToTwo(matrix, r, rows, 0);
        }
        if (r < dimensions) {
            for (int i = 0; i < AT_ONCE; i++) {
                addOne(matrix[r], r, rows[i], weights[i] * rows[i][r]);
            }
        }
        waiting = 0;
    }

    /** Turns the upper triangle of A + ridge I into U, top rows first, two at a time: each less what the rows above explain of it. */
    private void factorize(float ridge) {
        for (int r = 0; r < dimensions; r += 2) {
            boolean two = r + 1 < dimensions;
            float smallest = SMALLEST_PIVOT * (matrix[r][r] + ridge);
            float smallestBelow = two ? SMALLEST_PIVOT * (matrix[r + 1][r + 1] + ridge) : 0;
            int above = 0;
            for (; two && above + AT_ONCE <= r; above += AT_ONCE) {
                for (int i = 0; i < AT_ONCE; i++) {
                    upper[i] = -matrix[above + i][r];
                    lower[i] = -matrix[above + i][r + 1];
                }
                addFourToTwo(matrix, r, matrix, above);
            }
            addEach(above, r);
            pivot(r, ridge, smallest);
            if (two) {
                addEach(above, r + 1);
                pivot(r + 1, ridge, smallestBelow);
            }
        }
    }

    /** Takes what rows {@code above} to {@code r - 1} explain from row {@code r}. */
    private void addEach(int above, int r) {
        for (int i = above; i < r; i++) {
            addOne(matrix[r], r, matrix[i], -matrix[i][r]);
        }
    }

    private void pivot(int r, float ridge, float smallest) {
        float[] row = matrix[r];
        row[r] = Math.max(row[r] + ridge, smallest);
        scale(row, r, (float) (1 / Math.sqrt(row[r])));
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

    /** Adds four source rows, times {@link #upper}, to row {@code r} of a triangle, and times {@link #lower} to the row below it. */
    private void addFourToTwo(float[][] triangle, int r, float[][] source, int first) {
        float[] s0 = source[first];
        float[] s1 = source[first + 1];
        float[] s2 = source[first + 2];
        float[] s3 = source[first + 3];
        float u0 = upper[0];
        float u1 = upper[1];
        float u2 = upper[2];
        float u3 = upper[3];
        float l0 = lower[0];
        float l1 = lower[1];
        float l2 = lower[2];
        float l3 = lower[3];
        float[] into = triangle[r];
        float[] below = triangle[r + 1];
        into[r] += u0 * s0[r] + u1 * s1[r] + u2 * s2[r] + u3 * s3[r];
        for (int c = r + 1; c < into.length; c++) {
            // all reads before the writes, which might be to the same arrays for all the compiler knows
            float a0 = s0[c];
            float a1 = s1[c];
            float a2 = s2[c];
            float a3 = s3[c];
            float left = below[c];
            into[c] += u0 * a0 + u1 * a1 + u2 * a2 + u3 * a3;
            below[c] = left + (l0 * a0 + l1 * a1 + l2 * a2 + l3 * a3);
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
