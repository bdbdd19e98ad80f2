package dev.funnel.trainer.fit;

import dev.funnel.trainer.Progress;
import java.util.SplittableRandom;

/**
 * Matrix factorisation by comparing pairs of items: an item that the user interacted with shall score above one drawn uniformly
 * from those the user did not (Rendle et al. 2009), or above the one that scores highest of a few such (Zhang et al. 2013,
 * <i>Optimizing Top-N Collaborative Filtering via Dynamic Negative Item Sampling</i>). Both items are rows of one table, as in a
 * Siamese network; with the margin, the three vectors are a triplet.
 *
 * <p>Stochastic gradient descent in {@link Strata}: a drawn item is one of the cell's columns.
 */
public final class Bpr {

    /** How often a negative is drawn anew because the user interacted with it, before the comparison is left out. */
    private static final int MOST_DRAWS = 8;

    private final BprSettings settings;
    private final SparseRows interactions;
    private final RowArithmetic arithmetic = RowArithmetic.fastest();
    private final GradientDescent descent;

    private Bpr(SparseRows interactions, BprSettings settings) {
        this.settings = settings;
        this.interactions = interactions;
        this.descent = new GradientDescent(interactions, settings.dimensions(), settings.deviation(), settings.seed());
    }

    /**
     * Fits users (rows) and items (columns); an interaction's weight scales its gradient. A user or item without interactions
     * keeps a random, short vector.
     *
     * @throws java.util.concurrent.CancellationException if interrupted
     */
    public static Factors fit(SparseRows interactions, BprSettings settings, Progress progress) {
        return new Bpr(interactions, settings).fit(progress);
    }

    private Factors fit(Progress progress) {
        descent.run(
                epoch -> visit(learningRate(epoch)), settings.epochs(), settings.seed(), settings.threads(), progress);
        return descent.factors();
    }

    private float learningRate(int epoch) {
        double share = settings.epochs() == 1 ? 0 : epoch / (settings.epochs() - 1.0);
        return (float) (settings.learningRate() + share * (settings.lastLearningRate() - settings.learningRate()));
    }

    private GradientDescent.Visit visit(float rate) {
        return (user, item, weight, cell, random) -> {
            for (int n = 0; n < settings.negatives(); n++) {
                int other = hardest(user, cell, random);
                if (other >= 0) {
                    compare(user, item, other, weight * rate, rate);
                }
            }
        };
    }

    /** Of as many draws as there are to be one is compared with: that which scores highest. */
    private int hardest(int user, Strata.Cell cell, SplittableRandom random) {
        int hardest = drawUnseen(user, cell, random);
        float highest = settings.among() > 1 && hardest >= 0 ? score(user, hardest) : 0;
        for (int draw = 1; draw < settings.among() && hardest >= 0; draw++) {
            int other = drawUnseen(user, cell, random);
            float score = other >= 0 ? score(user, other) : Float.NEGATIVE_INFINITY;
            if (score > highest) {
                hardest = other;
                highest = score;
            }
        }
        return hardest;
    }

    private float score(int user, int item) {
        int d = settings.dimensions();
        return arithmetic.dot(descent.users(), user * d, descent.items(), item * d, d);
    }

    private int drawUnseen(int user, Strata.Cell cell, SplittableRandom random) {
        for (int draw = 0; draw < MOST_DRAWS; draw++) {
            int item = cell.drawColumn(random);
            if (!interactions.has(user, item)) {
                return item;
            }
        }
        return -1;
    }

    private void compare(int user, int better, int worse, float gradientRate, float rate) {
        int d = settings.dimensions();
        int userAt = user * d;
        float[] users = descent.users();
        float[] items = descent.items();
        double above = arithmetic.dot(users, userAt, items, better * d, d)
                - arithmetic.dot(users, userAt, items, worse * d, d);
        float pull = (float) (gradientRate * settings.loss().slope(above));
        float keep = (float) (1 - rate * settings.regularization());
        arithmetic.step(users, userAt, items, better * d, items, worse * d, keep, pull, d);
        users[userAt + d - 1] = 1;
    }
}
