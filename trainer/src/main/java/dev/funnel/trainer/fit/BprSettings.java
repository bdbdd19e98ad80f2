package dev.funnel.trainer.fit;

import dev.funnel.retrieval.Bounds;
import dev.funnel.retrieval.FoldInSettings;

/**
 * How {@link Bpr} fits.
 *
 * @param dimensions length of the vectors, the last of which is the item's bias, 2 to 1,024
 * @param epochs how often every interaction is visited, 1 to 10,000
 * @param learningRate of the first epoch; above 0, at most 1
 * @param lastLearningRate of the last epoch, in between it falls (or rises) evenly; above 0, at most 1
 * @param regularization pull of each visited vector and bias to 0, 0 to 1
 * @param negatives items that each interaction is compared with per visit, 1 to 1,000
 * @param among items drawn for each such comparison, of which the one that scores highest is taken, 1 to 100
 * @param loss what a pair of scores costs
 * @param deviation standard deviation of the starting vectors in each dimension, above 0, at most 10
 * @param seed of everything random
 * @param threads how many threads descend, 1 to 1,024; the result does not depend on it
 */
public record BprSettings(
        int dimensions,
        int epochs,
        double learningRate,
        double lastLearningRate,
        double regularization,
        int negatives,
        int among,
        Loss loss,
        double deviation,
        long seed,
        int threads) {

    /** What it costs that an interaction's item scores x above a drawn one. */
    public enum Loss {
        /** ln(1 + exp(-x)): Rendle et al. (2009), <i>BPR: Bayesian Personalized Ranking from Implicit Feedback</i>. */
        LOG_SIGMOID {
            @Override
            double slope(double above) {
                return 1 / (1 + Math.exp(above));
            }
        },
        /** max(0, 1 - x): the triplet loss with a margin of 1. */
        MARGIN {
            @Override
            double slope(double above) {
                return above < 1 ? 1 : 0;
            }
        };

        /** By how much the loss falls as the difference grows. */
        abstract double slope(double above);
    }

    public BprSettings {
        Bounds.require("dimensions", dimensions, 2, 1024);
        Bounds.require("epochs", epochs, 1, 10_000);
        Bounds.require("learning rate", learningRate, 1e-9, 1);
        Bounds.require("last learning rate", lastLearningRate, 1e-9, 1);
        Bounds.require("regularization", regularization, 0, 1);
        Bounds.require("negatives", negatives, 1, 1000);
        Bounds.require("among", among, 1, 100);
        Bounds.require("deviation", deviation, 1e-9, 10);
        Bounds.require("threads", threads, 1, 1024);
    }

    /**
     * The defaults for vectors of a length, on so many threads: the best of a few on a validation split of ncf-ml-1m, for which a
     * random interaction of each user is held out from the training part.
     */
    public static BprSettings defaults(int dimensions, int threads) {
        return new BprSettings(dimensions, 30, .05, .001, .01, 3, 2, Loss.LOG_SIGMOID, .1, 42, threads);
    }

    /**
     * How an unseen user is folded into the item vectors: by the weighted least squares of WALS, though they were fitted to another
     * loss. The item's bias is one of their dimensions, and gets the weight that explains the history best.
     */
    public FoldInSettings foldIn() {
        return new FoldInSettings(.1, .01, 1);
    }
}
