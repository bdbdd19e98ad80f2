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
 * solution, and the other way round; a sweep solves all items, then all users. The fit begins with users for random items and
 * ends with users, so a trained user's vector is what folding in the user's history gives. The result depends on the entries
 * and the settings alone, not on the number of threads.
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
        SparseRows byItem = interactions.transpose();
        float[] users = new float[Math.multiplyExact(interactions.rows(), settings.dimensions())];
        float[] items = start(interactions.columns(), settings);
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
            double total = 2.0 * settings.sweeps() + 1;
            Progress part = progress.part(done / total, (done + 1) / total);
            pool.forEachRow(
                    entries.rows(),
                    () -> {
                        FoldIn.Solver solver = foldIn.solver();
                        return row -> solve(entries, row, solver, solved, row * d);
                    },
                    "factorising",
                    part);
            done++;
            return gramian;
        }

        private static void solve(SparseRows entries, int row, FoldIn.Solver solver, float[] into, int at) {
            for (int entry = entries.start(row); entry < entries.end(row); entry++) {
                solver.observe(entries.column(entry), entries.value(entry));
            }
            solver.solve(into, at);
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
