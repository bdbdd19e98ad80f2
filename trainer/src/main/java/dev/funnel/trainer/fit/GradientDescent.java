package dev.funnel.trainer.fit;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.retrieval.Bounds;
import dev.funnel.retrieval.Gramian;
import dev.funnel.trainer.Progress;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * Stochastic gradient descent over the entries of a matrix: the part that pointwise ({@link SgdFactorization}) and pairwise
 * ({@link Bpr}) learning have in common. The last dimension is the bias: of an item it is what is learned, of a user it is always
 * 1, so that what comes out is scored and served as any other factorisation.
 *
 * <p>Entries are visited in {@link Strata}: with any number of threads, the same seed gives the same bits.
 */
final class GradientDescent {

    private final int dimensions;
    private final SparseRows entries;
    private final Strata strata;
    private final float[] users;
    private final float[] items;

    /** What is done with one visited entry; by several threads, on entries that share neither row nor column. */
    @FunctionalInterface
    interface Visit {

        /**
         * Changes the vectors of the user and the item, and of columns drawn from the cell.
         *
         * @param weight of the entry
         */
        void entry(int user, int item, float weight, Strata.Cell cell, SplittableRandom random);
    }

    /** @param deviation standard deviation of the starting vectors in each dimension but the last */
    GradientDescent(SparseRows entries, int dimensions, double deviation, long seed) {
        this.dimensions = Bounds.require("dimensions", dimensions, 2, 1024);
        this.entries = entries;
        this.strata = new Strata(entries);
        this.users = start(entries.rows(), 1, deviation, new SplittableRandom(seed));
        this.items = start(entries.columns(), 0, deviation, new SplittableRandom(~seed));
    }

    /** One row of so many dimensions per user; in the last, 1. */
    float[] users() {
        return users;
    }

    /** One row per item; in the last dimension, its bias. */
    float[] items() {
        return items;
    }

    /** Visits every entry once in each epoch, as is to be done in that epoch. */
    void run(IntFunction<Visit> visits, int epochs, long seed, int threads, Progress progress) {
        SplittableRandom random = new SplittableRandom(seed);
        try (RowPool pool = new RowPool(threads)) {
            for (int epoch = 0; epoch < epochs; epoch++) {
                strata.draw(random);
                long epochSeed = random.nextLong();
                Visit visit = visits.apply(epoch);
                for (int stratum = 0; stratum < strata.count(); stratum++) {
                    double done = epoch + stratum / (double) strata.count();
                    progress.advance("descending", done / epochs);
                    runStratum(visit, pool, stratum, epochSeed);
                }
            }
        }
    }

    /** What was found. */
    Factors factors() {
        FloatMatrix found = FloatMatrix.of(items, entries.columns(), dimensions);
        return new Factors(FloatMatrix.of(users, entries.rows(), dimensions), found, Gramian.of(found));
    }

    private void runStratum(Visit visit, RowPool pool, int stratum, long epochSeed) {
        pool.forEachRow(
                strata.count(),
                () -> place -> {
                    Strata.Cell cell = strata.cell(stratum, place);
                    SplittableRandom random =
                            new SplittableRandom(epochSeed + 31L * (stratum * (long) strata.count() + place));
                    for (int n = 0; n < cell.size(); n++) {
                        visit.entry(cell.row(n), cell.column(n), cell.weight(n), cell, random);
                    }
                },
                "descending",
                Progress.SILENT);
    }

    private float[] start(int rows, float last, double deviation, SplittableRandom random) {
        float[] vectors = new float[Math.multiplyExact(rows, dimensions)];
        for (int i = 0; i < vectors.length; i++) {
            boolean bias = i % dimensions == dimensions - 1;
            vectors[i] = bias ? last : (float) (deviation * random.nextGaussian());
        }
        return vectors;
    }
}
