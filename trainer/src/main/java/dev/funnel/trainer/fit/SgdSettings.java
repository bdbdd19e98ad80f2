package dev.funnel.trainer.fit;

import dev.funnel.retrieval.Bounds;
import dev.funnel.retrieval.FoldInSettings;

/**
 * How {@link SgdFactorization} fits.
 *
 * @param dimensions length of the vectors, the last of which is the bias, 2 to 1,024
 * @param epochs how often every interaction is visited, 1 to 10,000
 * @param learningRate of the first epoch; above 0, at most 1
 * @param lastLearningRate of the last epoch, in between it falls (or rises) evenly; above 0, at most 1
 * @param regularization pull of each visited vector and bias to 0, 0 to 1
 * @param negatives items drawn for each interaction, 1 to 1,000
 * @param loss what the score of an interaction, and of a drawn item, costs
 * @param gravity weight of the squared score of each drawn item beside its loss, 0 to 1,000; 0 is none
 * @param deviation standard deviation of the starting vectors in each dimension, above 0, at most 10
 * @param seed of everything random
 * @param threads how many threads descend, 1 to 1,024; the result does not depend on it
 */
public record SgdSettings(
        int dimensions,
        int epochs,
        double learningRate,
        double lastLearningRate,
        double regularization,
        int negatives,
        Loss loss,
        double gravity,
        double deviation,
        long seed,
        int threads) {

    /** What a score s costs, for an interaction (label 1) and for a drawn item (label 0). */
    public enum Loss {
        /** ln(1 + exp(-s)) and ln(1 + exp(s)); the score is the logarithm of the odds. */
        LOGISTIC {
            @Override
            double slope(double score, int label) {
                return label - 1 / (1 + Math.exp(-score));
            }
        },
        /** (1 - s)^2 / 2 and s^2 / 2; the score is the label. */
        SQUARED {
            @Override
            double slope(double score, int label) {
                return label - score;
            }
        };

        /** By how much the loss falls as the score grows. */
        abstract double slope(double score, int label);
    }

    public SgdSettings {
        Bounds.require("dimensions", dimensions, 2, 1024);
        Bounds.require("epochs", epochs, 1, 10_000);
        Bounds.require("learning rate", learningRate, 1e-9, 1);
        Bounds.require("last learning rate", lastLearningRate, 1e-9, 1);
        Bounds.require("regularization", regularization, 0, 1);
        Bounds.require("negatives", negatives, 1, 1000);
        Bounds.require("gravity", gravity, 0, 1000);
        Bounds.require("deviation", deviation, 1e-9, 10);
        Bounds.require("threads", threads, 1, 1024);
    }

    /**
     * The defaults for vectors of a length, on so many threads: regularisation, negatives and deviation of Rendle et al. (2020)
     * for MovieLens 1M. They descend for 256 epochs at a rate of 0.002; a rate that falls from 0.015 to 0.001 goes as far in 64, and
     * on a validation split of ncf-ml-1m (a random interaction of each user held out from the training part) is as good.
     */
    public static SgdSettings defaults(int dimensions, int threads) {
        return new SgdSettings(dimensions, 64, .015, .001, .005, 8, Loss.LOGISTIC, 0, .1, 42, threads);
    }

    /**
     * How an unseen user is folded into the item vectors: by the weighted least squares of WALS, though they were fitted to another
     * loss. The item's bias is one of their dimensions, and gets the weight that explains the history best.
     */
    public FoldInSettings foldIn() {
        return new FoldInSettings(.1, .01, 1);
    }
}
