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
 * @param gradientSteps 0: every solve is exact (Cholesky); 1 to 100: all but the last approach it by so many steps of {@link
 *     ConjugateGradients} from the vector of the sweep before
 * @param seed of the vectors that the first solve starts from
 * @param threads how many threads solve, 1 to 1,024; the result does not depend on it
 */
public record WalsSettings(
        int dimensions,
        int sweeps,
        double unobservedWeight,
        double regularization,
        double regularizationExponent,
        int gradientSteps,
        long seed,
        int threads) {

    private static final int SHORT = 128;

    public WalsSettings {
        Bounds.require("dimensions", dimensions, 1, 1024);
        Bounds.require("sweeps", sweeps, 1, 1000);
        Bounds.require("gradient steps", gradientSteps, 0, 100);
        Bounds.require("threads", threads, 1, 1024);
        new FoldInSettings(unobservedWeight, regularization, regularizationExponent);
    }

    /**
     * The defaults for vectors of a length, on so many threads. Up to {@value #SHORT} dimensions they are what validation splits of
     * ncf-ml-1m choose (see {@code WalsDefaultsTest}); above, they are those of Rendle et al. (2022) for the same data.
     */
    public static WalsSettings defaults(int dimensions, int threads) {
        return dimensions <= SHORT
                ? new WalsSettings(dimensions, 12, 0.15, 0.008, 1, 0, 42, threads)
                : new WalsSettings(dimensions, 12, 0.3, 0.007, 1, 0, 42, threads);
    }

    /** What folding in needs, to agree with the fit. */
    public FoldInSettings foldIn() {
        return new FoldInSettings(unobservedWeight, regularization, regularizationExponent);
    }
}
