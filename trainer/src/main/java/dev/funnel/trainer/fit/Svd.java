package dev.funnel.trainer.fit;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.retrieval.Gramian;
import dev.funnel.trainer.Progress;
import java.util.SplittableRandom;

/**
 * The truncated singular value decomposition of the matrix with zeros filled in: the best approximation of low rank when what a
 * user has not interacted with counts as much as what the user has. The baseline that weighted factorisation is to beat.
 *
 * <p>Randomised subspace iteration (Halko, Martinsson and Tropp 2011, <i>Finding Structure with Randomness</i>, algorithms 4.4 and
 * 5.1): a random subspace, a little larger than asked for, is multiplied by A^T A again and again and made orthonormal in between; what
 * A does within it is decomposed exactly. The zeros are never stored: a multiplication costs entries x dimensions.
 *
 * <p>Item vectors are the right singular vectors V, user vectors A V = U S: so a user's vector is the sum of the vectors of the
 * items of the history, and folding in an unseen user is that sum.
 */
public final class Svd {

    /** Dimensions beyond those asked for, which make the last of them accurate. */
    private static final int OVERSAMPLING = 10;

    private final SparseRows byUser;
    private final SparseRows byItem;
    private final SvdSettings settings;
    private final RowPool pool;
    private final RowArithmetic arithmetic = RowArithmetic.fastest();
    private final int width;

    private Svd(SparseRows interactions, SvdSettings settings, RowPool pool) {
        this.byUser = interactions;
        this.byItem = interactions.transpose();
        this.settings = settings;
        this.pool = pool;
        this.width =
                Math.min(settings.dimensions() + OVERSAMPLING, Math.min(interactions.rows(), interactions.columns()));
    }

    /**
     * Fits users (rows) and items (columns); weights are the values of the matrix.
     *
     * @throws java.util.concurrent.CancellationException if interrupted
     */
    public static Factors fit(SparseRows interactions, SvdSettings settings, Progress progress) {
        try (RowPool pool = new RowPool(settings.threads())) {
            return new Svd(interactions, settings, pool).fit(progress);
        }
    }

    private Factors fit(Progress progress) {
        float[] items = randomSubspace();
        for (int iteration = 0; iteration < settings.iterations(); iteration++) {
            progress.advance("decomposing", iteration / (double) settings.iterations());
            OrthonormalColumns.of(items, byItem.rows(), width);
            float[] users = times(byUser, items);
            items = times(byItem, users);
        }
        OrthonormalColumns.of(items, byItem.rows(), width);
        return factors(items, times(byUser, items));
    }

    private float[] randomSubspace() {
        SplittableRandom random = new SplittableRandom(settings.seed());
        float[] subspace = new float[Math.multiplyExact(byItem.rows(), width)];
        for (int i = 0; i < subspace.length; i++) {
            subspace[i] = (float) random.nextGaussian();
        }
        return subspace;
    }

    /** matrix x vectors, row by row: each row is a weighted sum of vectors. */
    private float[] times(SparseRows matrix, float[] vectors) {
        float[] product = new float[Math.multiplyExact(matrix.rows(), width)];
        pool.forEachRow(
                matrix.rows(),
                () -> row -> {
                    for (int entry = matrix.start(row); entry < matrix.end(row); entry++) {
                        arithmetic.add(
                                product,
                                row * width,
                                vectors,
                                matrix.column(entry) * width,
                                matrix.value(entry),
                                width);
                    }
                },
                "decomposing",
                Progress.SILENT);
        return product;
    }

    /**
     * Within the subspace Q, A Q = W: the eigenvectors E of W^T W, by falling eigenvalue, turn Q into the singular vectors
     * V = Q E, and W into U S = W E.
     */
    private Factors factors(float[] subspace, float[] image) {
        FloatMatrix imageRows = FloatMatrix.of(image, byUser.rows(), width);
        double[][] turn = SymmetricEigen.vectorsByFallingValue(Gramian.of(imageRows), width);
        int d = settings.dimensions();
        float[] items = turned(subspace, byItem.rows(), turn);
        float[] users = turned(image, byUser.rows(), turn);
        FloatMatrix itemRows = FloatMatrix.of(items, byItem.rows(), d);
        return new Factors(FloatMatrix.of(users, byUser.rows(), d), itemRows, Gramian.of(itemRows));
    }

    private float[] turned(float[] rows, int count, double[][] turn) {
        int d = settings.dimensions();
        float[] turned = new float[Math.multiplyExact(count, d)];
        for (int row = 0; row < count; row++) {
            for (int c = 0; c < Math.min(d, width); c++) {
                double sum = 0;
                for (int i = 0; i < width; i++) {
                    sum += rows[row * width + i] * turn[c][i];
                }
                turned[row * d + c] = (float) sum;
            }
        }
        return turned;
    }
}
