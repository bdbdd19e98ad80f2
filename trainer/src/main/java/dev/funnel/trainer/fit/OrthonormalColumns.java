package dev.funnel.trainer.fit;

/**
 * Makes the columns of a matrix orthonormal, spanning the same space: modified Gram-Schmidt, twice, which is orthogonal to working
 * precision (Giraud, Langou and Rozloznik 2005, <i>The Loss of Orthogonality in the Gram-Schmidt Process</i>). A column that the
 * ones before it already span becomes zero.
 */
final class OrthonormalColumns {

    /** A column that shrinks below this share of its length was spanned by the others, up to rounding. */
    private static final double NOTHING_LEFT = 1e-6;

    private OrthonormalColumns() {}

    /** Changes {@code matrix}, rows x columns, row by row. */
    static void of(float[] matrix, int rows, int columns) {
        double[][] basis = new double[columns][rows];
        for (int c = 0; c < columns; c++) {
            for (int r = 0; r < rows; r++) {
                basis[c][r] = matrix[r * columns + c];
            }
            double length = length(basis[c]);
            removeEarlier(basis, c);
            removeEarlier(basis, c);
            double left = length(basis[c]);
            double scale = left > NOTHING_LEFT * length ? 1 / left : 0;
            for (int r = 0; r < rows; r++) {
                basis[c][r] *= scale;
                matrix[r * columns + c] = (float) basis[c][r];
            }
        }
    }

    private static void removeEarlier(double[][] basis, int c) {
        for (int earlier = 0; earlier < c; earlier++) {
            double share = dot(basis[earlier], basis[c]);
            for (int r = 0; r < basis[c].length; r++) {
                basis[c][r] -= share * basis[earlier][r];
            }
        }
    }

    private static double length(double[] vector) {
        return Math.sqrt(dot(vector, vector));
    }

    /** Four sums at a time, so that one addition need not wait for the one before. */
    private static double dot(double[] a, double[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= a.length; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            s0 += a[i] * b[i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
