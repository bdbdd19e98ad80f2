package dev.funnel.trainer.fit;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.retrieval.FoldIn;
import dev.funnel.retrieval.Gramian;
import dev.funnel.trainer.Progress;
import java.util.SplittableRandom;

/**
 * Weighted matrix factorisation by alternating least squares (WALS, iALS): finds user and item vectors whose inner products are
 * near 1 where a user interacted and near 0 everywhere else.
 *
 * <p>The objective and the half-step are those of {@link FoldIn}. Holding the items fixed, every user's vector has an exact
 * solution, and the other way round; a sweep solves all items, then all users. The fit begins with users for random items, or
 * those of an earlier fit, and ends with users solved exactly, so a trained user's vector is what folding in the user's history
 * gives. The result depends on the entries and the settings alone, not on the number of threads.
 */
public final class Wals {

    /** Standard deviation of the starting vectors' length (Rendle et al. 2022, section 3.5). */
    private static final double START_LENGTH = 0.1;

    private Wals() {}

    /**
     * Fits users (rows) and items (columns).
     *
     * @throws java.util.concurrent.CancellationException if interrupted
     */
    public static Factors fit(SparseRows interactions, WalsSettings settings, Progress progress) {
        return fit(interactions, settings, start(interactions.columns(), settings), progress);
    }

    /**
     * The same from the item vectors of an earlier fit, which are near the answer if little has happened since: fewer sweeps
     * do, and vectors stay near where they were.
     *
     * @param earlier the vectors by item; those it does not know start at random
     * @throws IllegalArgumentException if they have other dimensions, or are of another number of items
     */
    public static Factors fitFrom(
            EarlierVectors earlier, SparseRows interactions, WalsSettings settings, Progress progress) {
        if (earlier.items() != interactions.columns()) {
            throw new IllegalArgumentException(
                    "earlier vectors are of " + earlier.items() + " items, must be of " + interactions.columns());
        }
        float[] items = start(interactions.columns(), settings);
        earlier.copyInto(items, settings.dimensions());
        return fit(interactions, settings, items, progress);
    }

    private static Factors fit(SparseRows interactions, WalsSettings settings, float[] items, Progress progress) {
        SparseRows byItem = interactions.transpose();
        float[] users = new float[Math.multiplyExact(interactions.rows(), settings.dimensions())];
        try (RowPool pool = new RowPool(settings.threads())) {
            HalfSteps halfSteps = new HalfSteps(pool, settings, progress);
            float[] gramian = halfSteps.solve(interactions, items, users);
            for (int sweep = 0; sweep < settings.sweeps(); sweep++) {
                halfSteps.solve(byItem, users, items);
                gramian = halfSteps.solve(interactions, items, users);
            }
            return new Factors(
                    FloatMatrix.of(users, interactions.rows(), settings.dimensions()),
                    FloatMatrix.of(items, interactions.columns(), settings.dimensions()),
                    gramian);
        }
    }

    private static float[] start(int items, WalsSettings settings) {
        SplittableRandom random = new SplittableRandom(settings.seed());
        double deviation = START_LENGTH / Math.sqrt(settings.dimensions());
        float[] vectors = new float[Math.multiplyExact(items, settings.dimensions())];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = (float) (deviation * random.nextGaussian());
        }
        return vectors;
    }

    /** Solves one side for the other, again and again, counting how many of the fit's half-steps are done. */
    private static final class HalfSteps {

        private final RowPool pool;
        private final WalsSettings settings;
        private final Progress progress;
        private int done;

        HalfSteps(RowPool pool, WalsSettings settings, Progress progress) {
            this.pool = pool;
            this.settings = settings;
            this.progress = progress;
        }

        /** Solves every row of {@code entries} into {@code solved}; returns the Gramian of the fixed side. */
        float[] solve(SparseRows entries, float[] fixed, float[] solved) {
            int d = settings.dimensions();
            FloatMatrix factors = FloatMatrix.of(fixed, entries.columns(), d);
            float[] gramian = gramian(factors);
            FoldIn foldIn = new FoldIn(factors, gramian, settings.foldIn());
            int total = 2 * settings.sweeps() + 1;
            boolean exact = settings.gradientSteps() == 0 || done == total - 1;
            pool.forEachRow(
                    entries.rows(),
                    () -> exact ? exactly(entries, foldIn, solved) : approximately(entries, fixed, gramian, solved),
                    "factorising",
                    progress.part(done / (double) total, (done + 1) / (double) total));
            done++;
            return gramian;
        }

        private RowPool.RowWork exactly(SparseRows entries, FoldIn foldIn, float[] solved) {
            FoldIn.Solver solver = foldIn.solver();
            return row -> {
                for (int entry = entries.start(row); entry < entries.end(row); entry++) {
                    solver.observe(entries.column(entry), entries.value(entry));
                }
                solver.solve(solved, row * settings.dimensions());
            };
        }

        private RowPool.RowWork approximately(SparseRows entries, float[] fixed, float[] gramian, float[] solved) {
            ConjugateGradients gradients =
                    new ConjugateGradients(entries, fixed, gramian, settings.foldIn(), settings.gradientSteps());
            return row -> gradients.improve(row, solved, row * settings.dimensions());
        }

        private float[] gramian(FloatMatrix factors) {
            double[][] blocks = new double[Gramian.blocks(factors)][];
            pool.forEachRow(
                    blocks.length,
                    () -> block -> blocks[block] = Gramian.block(factors, block),
                    "factorising",
                    Progress.SILENT);
            return Gramian.sum(blocks, factors.columns());
        }
    }
}
