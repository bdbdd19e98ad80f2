package dev.funnel.trainer.fit;

import dev.funnel.retrieval.Bounds;
import dev.funnel.retrieval.FoldInSettings;

/**
 * How {@link Wals} fits.
 *
 * @param dimensions length of the vectors, 1 to 1,024
 * @param sweeps how often items and users are solved in turn, 1 to 1,000
 * @param unobservedWeight see {@link FoldInSettings}
 * @param regularization see {@link FoldInSettings}
 * @param regularizationExponent see {@link FoldInSettings}
 * @param seed of the vectors that the first solve starts from
 * @param threads how many threads solve, 1 to 1,024; the result does not depend on it
 */
public record WalsSettings(
        int dimensions,
        int sweeps,
        double unobservedWeight,
        double regularization,
        double regularizationExponent,
        long seed,
        int threads) {

    public WalsSettings {
        Bounds.require("dimensions", dimensions, 1, 1024);
        Bounds.require("sweeps", sweeps, 1, 1000);
        Bounds.require("threads", threads, 1, 1024);
        new FoldInSettings(unobservedWeight, regularization, regularizationExponent);
    }

    /** The defaults for vectors of a length, on so many threads. */
    public static WalsSettings defaults(int dimensions, int threads) {
        return new WalsSettings(dimensions, 12, 0.15, 0.008, 1, 42, threads);
    }

    /** What folding in needs, to agree with the fit. */
    public FoldInSettings foldIn() {
        return new FoldInSettings(unobservedWeight, regularization, regularizationExponent);
    }
}
