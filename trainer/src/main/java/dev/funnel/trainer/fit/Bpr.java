package dev.funnel.trainer.fit;

import dev.funnel.trainer.Progress;
import java.util.SplittableRandom;

/**
 * Matrix factorisation by comparing pairs of items: an item that the user interacted with shall score above one drawn uniformly
 * from those the user did not (Rendle et al. 2009). Both items are rows of one table, as in a Siamese network; with the
 * margin, the three vectors are a triplet.
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
                int other = drawUnseen(user, cell, random);
                if (other >= 0) {
                    compare(user, item, other, weight * rate, rate);
                }
            }
        };
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
