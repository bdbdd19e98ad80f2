package dev.funnel.trainer.fit;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Eigenvectors of a small symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan 2013, <i>Matrix Computations</i>, section
 * 8.5): each rotation makes one element outside the diagonal zero; their sum of squares falls, at last quadratically.
 */
final class SymmetricEigen {

    private static final int MOST_SWEEPS = 30;
    private static final double SMALL = 1e-12;

    private SymmetricEigen() {}

    /**
     * The eigenvectors of a matrix, of the greatest eigenvalue first. Each has length 1 and its largest element is positive, so that
     * the answer is one and the same.
     *
     * @param matrix size x size, row by row, symmetric
     */
    static double[][] vectorsByFallingValue(float[] matrix, int size) {
        double[][] left = new double[size][size];
        double[][] vectors = new double[size][size];
        for (int r = 0; r < size; r++) {
            for (int c = 0; c < size; c++) {
                left[r][c] = matrix[r * size + c];
            }
            vectors[r][r] = 1;
        }
        diagonalize(left, vectors);
        return IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> left[i][i]).reversed())
                .map(i -> signed(vectors[i]))
                .toArray(double[][]::new);
    }

    private static void diagonalize(double[][] matrix, double[][] vectors) {
        for (int sweep = 0; sweep < MOST_SWEEPS && outside(matrix) > SMALL * SMALL * inside(matrix); sweep++) {
            for (int p = 0; p < matrix.length; p++) {
                for (int q = p + 1; q < matrix.length; q++) {
                    rotate(matrix, vectors, p, q);
                }
            }
        }
    }

    /** Makes element (p, q) zero. Rows of {@code vectors} are the eigenvectors. */
    private static void rotate(double[][] matrix, double[][] vectors, int p, int q) {
        double apq = matrix[p][q];
        if (apq == 0) {
            return;
        }
        double tau = (matrix[q][q] - matrix[p][p]) / (2 * apq);
        double t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
        double c = 1 / Math.sqrt(1 + t * t);
        double s = t * c;
        rotateRows(matrix, p, q, c, s);
        rotateColumns(matrix, p, q, c, s);
        rotateRows(vectors, p, q, c, s);
    }

    private static void rotateRows(double[][] matrix, int p, int q, double c, double s) {
        double[] rowP = matrix[p];
        double[] rowQ = matrix[q];
        for (int k = 0; k < rowP.length; k++) {
            double before = rowP[k];
            rowP[k] = c * before - s * rowQ[k];
            rowQ[k] = s * before + c * rowQ[k];
        }
    }

    private static void rotateColumns(double[][] matrix, int p, int q, double c, double s) {
        for (double[] row : matrix) {
            double before = row[p];
            row[p] = c * before - s * row[q];
            row[q] = s * before + c * row[q];
        }
    }

    private static double outside(double[][] matrix) {
        double sum = 0;
        for (int r = 0; r < matrix.length; r++) {
            for (int c = 0; c < matrix.length; c++) {
                sum += r == c ? 0 : matrix[r][c] * matrix[r][c];
            }
        }
        return sum;
    }

    private static double inside(double[][] matrix) {
        double sum = 0;
        for (int r = 0; r < matrix.length; r++) {
            sum += matrix[r][r] * matrix[r][r];
        }
        return sum;
    }

    private static double[] signed(double[] vector) {
        double largest = 0;
        for (double value : vector) {
            largest = Math.abs(value) > Math.abs(largest) ? value : largest;
        }
        double[] signed = vector.clone();
        if (largest < 0) {
            for (int i = 0; i < signed.length; i++) {
                signed[i] = -signed[i];
            }
        }
        return signed;
    }
}
