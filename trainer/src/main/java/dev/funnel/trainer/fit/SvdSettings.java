package dev.funnel.trainer.fit;

import dev.funnel.retrieval.Bounds;
import dev.funnel.retrieval.FoldInSettings;

/**
 * How {@link Svd} fits.
 *
 * @param dimensions how many singular values are kept, 1 to 1,024; of a matrix with fewer rows or columns the rest are 0
 * @param iterations how often the subspace is multiplied by the matrix and its transpose, 1 to 100
 * @param seed of the subspace that the first iteration starts from
 * @param threads how many threads multiply, 1 to 1,024; the result does not depend on it
 */
public record SvdSettings(int dimensions, int iterations, long seed, int threads) {

    public SvdSettings {
        Bounds.require("dimensions", dimensions, 1, 1024);
        Bounds.require("iterations", iterations, 1, 100);
        Bounds.require("threads", threads, 1, 1024);
    }

    /** The defaults for vectors of a length, on so many threads. */
    public static SvdSettings defaults(int dimensions, int threads) {
        return new SvdSettings(dimensions, 8, 42, threads);
    }

    /**
     * How an unseen user is folded into the item vectors: by least squares, what the user has not interacted with weighing as much as
     * what the user has, as in the fit. The item vectors are orthonormal, so this is the sum of those of the history, shortened where
     * they explain each other.
     */
    public FoldInSettings foldIn() {
        return new FoldInSettings(1, 1e-6, 0);
    }
}
