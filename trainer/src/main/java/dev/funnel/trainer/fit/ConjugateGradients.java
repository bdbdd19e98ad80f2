package dev.funnel.trainer.fit;

import dev.funnel.retrieval.FoldInSettings;
import java.util.Arrays;

/**
 * Approaches the solution of a row's normal equations (those of {@link dev.funnel.retrieval.FoldIn}) in a few steps of the
 * conjugate gradient method, starting from the row's present vector (Takacs, Pilaszy and Tikk 2011, <i>Applications of the
 * Conjugate Gradient Method for Implicit Feedback Collaborative Filtering</i>, RecSys).
 *
 * <p>The matrix of the system is never formed: a step multiplies it by a vector, which costs d^2 + 2 d n multiplications for n
 * entries and d dimensions, where the exact solution costs d^3 / 6 + d^2 n / 2. From sweep to sweep the vectors move less, so a
 * few steps follow the exact solution closely. For one thread.
 */
final class ConjugateGradients {

    /** A residual below this share of the right side is as good as none in 32-bit arithmetic. */
    private static final double NOTHING_LEFT = 1e-12;

    private final SparseRows entries;
    private final float[] fixed;
    private final float[] gramian;
    private final FoldInSettings settings;
    private final int steps;
    private final int d;
    private final RowArithmetic arithmetic = RowArithmetic.fastest();
    private final float[] residual;
    private final float[] direction;
    private final float[] product;

    /** @param fixed the vectors of the columns, flat; its Gramian beside it */
    ConjugateGradients(SparseRows entries, float[] fixed, float[] gramian, FoldInSettings settings, int steps) {
        this.entries = entries;
        this.fixed = fixed;
        this.gramian = gramian;
        this.settings = settings;
        this.steps = steps;
        this.d = (int) Math.round(Math.sqrt(gramian.length));
        this.residual = new float[d];
        this.direction = new float[d];
        this.product = new float[d];
    }

    /** Moves the vector at {@code vectors[at..]} towards the row's solution; a row without entries becomes zero. */
    void improve(int row, float[] vectors, int at) {
        if (entries.count(row) == 0) {
            Arrays.fill(vectors, at, at + d, 0);
            return;
        }
        float ridge = ridge(row);
        double enough = NOTHING_LEFT * startFrom(row, vectors, at, ridge);
        double left = squaredLength(residual);
        System.arraycopy(residual, 0, direction, 0, d);
        for (int step = 0; step < steps && left > enough; step++) {
            multiply(row, direction, 0, ridge);
            float length = (float) (left / arithmetic.dot(direction, 0, product, 0, d));
            arithmetic.add(vectors, at, direction, 0, length, d);
            arithmetic.add(residual, 0, product, 0, -length, d);
            double now = squaredLength(residual);
            turn((float) (now / left));
            left = now;
        }
    }

    /** residual = right side - matrix x vector; returns the squared length of the right side. */
    private double startFrom(int row, float[] vectors, int at, float ridge) {
        multiply(row, vectors, at, ridge);
        Arrays.fill(residual, 0);
        for (int entry = entries.start(row); entry < entries.end(row); entry++) {
            arithmetic.add(residual, 0, fixed, entries.column(entry) * d, entries.value(entry), d);
        }
        double right = squaredLength(residual);
        arithmetic.add(residual, 0, product, 0, -1, d);
        return right;
    }

    /** product = (w0 G + sum of w v v^T + ridge I) x. */
    private void multiply(int row, float[] x, int at, float ridge) {
        float unobserved = (float) settings.unobservedWeight();
        for (int r = 0; r < d; r++) {
            product[r] = unobserved * arithmetic.dot(gramian, r * d, x, at, d) + ridge * x[at + r];
        }
        for (int entry = entries.start(row); entry < entries.end(row); entry++) {
            int vectorAt = entries.column(entry) * d;
            float score = arithmetic.dot(fixed, vectorAt, x, at, d);
            arithmetic.add(product, 0, fixed, vectorAt, entries.value(entry) * score, d);
        }
    }

    /** direction = residual + share x direction. */
    private void turn(float share) {
        for (int i = 0; i < d; i++) {
            direction[i] = residual[i] + share * direction[i];
        }
    }

    private float ridge(int row) {
        double frequency = settings.unobservedWeight() * entries.columns();
        for (int entry = entries.start(row); entry < entries.end(row); entry++) {
            frequency += entries.value(entry);
        }
        return (float) (settings.regularization() * Math.pow(frequency, settings.regularizationExponent()));
    }

    private double squaredLength(float[] vector) {
        return arithmetic.dot(vector, 0, vector, 0, d);
    }
}
