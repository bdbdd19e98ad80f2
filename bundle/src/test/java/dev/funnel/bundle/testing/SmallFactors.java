package dev.funnel.bundle.testing;

import static dev.funnel.bundle.testing.SmallBundle.DIMENSIONS;
import static dev.funnel.bundle.testing.SmallBundle.ITEMS;
import static dev.funnel.bundle.testing.SmallBundle.REGULARIZATION;
import static dev.funnel.bundle.testing.SmallBundle.TOPICS;
import static dev.funnel.bundle.testing.SmallBundle.UNOBSERVED_WEIGHT;
import static dev.funnel.bundle.testing.SmallBundle.USERS;

import dev.funnel.bundle.History;
import dev.funnel.bundle.TensorFileWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** The factors of a {@link SmallBundle}: items point in the direction of their topic, users are folded in from their histories. */
final class SmallFactors {
    private final float[] items;

    private SmallFactors(float[] items) {
        this.items = items;
    }

    /** A base vector for each topic, and noise. */
    static SmallFactors random(Random random) {
        float[] factors = new float[ITEMS * DIMENSIONS];
        for (int i = 0; i < ITEMS; i++) {
            for (int k = 0; k < DIMENSIONS; k++) {
                float base = k == i % TOPICS ? 1 : 0;
                factors[i * DIMENSIONS + k] = base + 0.2f * (float) random.nextGaussian();
            }
        }
        return new SmallFactors(factors);
    }

    void write(Path path, List<History> histories) throws IOException {
        double[][] gramian = new double[DIMENSIONS][DIMENSIONS];
        for (int i = 0; i < ITEMS; i++) {
            addOuterProduct(gramian, i, 1);
        }
        float[] flat = new float[DIMENSIONS * DIMENSIONS];
        for (int k = 0; k < flat.length; k++) {
            flat[k] = (float) gramian[k / DIMENSIONS][k % DIMENSIONS];
        }
        float[] users = new float[USERS * DIMENSIONS];
        for (int u = 0; u < USERS; u++) {
            System.arraycopy(foldIn(gramian, histories.get(u)), 0, users, u * DIMENSIONS, DIMENSIONS);
        }
        new TensorFileWriter(path)
                .add("item_factors", items, ITEMS, DIMENSIONS)
                .add("user_factors", users, USERS, DIMENSIONS)
                .add("gramian", flat, DIMENSIONS, DIMENSIONS)
                .write();
    }

    /** The user half-step of iALS (Hu, Koren, Volinsky 2008) with frequency-scaled regularisation (Rendle et al. 2022). */
    private float[] foldIn(double[][] gramian, History history) {
        double[][] a = new double[DIMENSIONS][DIMENSIONS + 1];
        double observed = 0;
        for (int h = 0; h < history.size(); h++) {
            if (history.weights()[h] > 0) {
                observed += history.weights()[h];
                addOuterProduct(a, history.items()[h], history.weights()[h]);
                for (int k = 0; k < DIMENSIONS; k++) {
                    a[k][DIMENSIONS] += history.weights()[h] * items[history.items()[h] * DIMENSIONS + k];
                }
            }
        }
        for (int k = 0; k < DIMENSIONS; k++) {
            for (int l = 0; l < DIMENSIONS; l++) {
                a[k][l] += UNOBSERVED_WEIGHT * gramian[k][l];
            }
            a[k][k] += REGULARIZATION * (observed + UNOBSERVED_WEIGHT * ITEMS);
        }
        return solve(a);
    }

    private void addOuterProduct(double[][] sum, int item, double weight) {
        for (int k = 0; k < DIMENSIONS; k++) {
            for (int l = 0; l < DIMENSIONS; l++) {
                sum[k][l] += weight * items[item * DIMENSIONS + k] * items[item * DIMENSIONS + l];
            }
        }
    }

    /** Gauss-Jordan elimination without pivoting: the matrix is positive definite, its last column is the right-hand side. */
    private static float[] solve(double[][] a) {
        for (int k = 0; k < DIMENSIONS; k++) {
            for (int row = 0; row < DIMENSIONS; row++) {
                double factor = row == k ? 0 : a[row][k] / a[k][k];
                for (int column = 0; column <= DIMENSIONS; column++) {
                    a[row][column] -= factor * a[k][column];
                }
            }
        }
        float[] x = new float[DIMENSIONS];
        for (int k = 0; k < DIMENSIONS; k++) {
            x[k] = (float) (a[k][DIMENSIONS] / a[k][k]);
        }
        return x;
    }
}
