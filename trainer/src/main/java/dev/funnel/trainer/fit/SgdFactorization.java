package dev.funnel.trainer.fit;

import dev.funnel.trainer.Progress;
import java.util.SplittableRandom;

/**
 * Matrix factorisation by stochastic gradient descent on single pairs: every interaction is a positive, and for each a few items
 * are drawn uniformly as negatives (an interaction among them does not matter). The score is b + b_u + b_i + u . v.
 *
 * <p>After Rendle, Krichene, Zhang and Anderson (2020), <i>Neural Collaborative Filtering vs. Matrix Factorization Revisited</i>,
 * RecSys, section 3, and their settings for MovieLens 1M. Two differences: b is fixed to the logarithm of the odds of a positive
 * under the logistic loss (0 under the squared one), where they learn it; and pairs are visited in {@link Strata}. A user's bias
 * does not change the order of items, so it is learned and then left out.
 *
 * <p>The gravity term (Krichene et al. 2019, <i>Efficient Training on Very Large Corpora via Gramian Estimation</i>, section 2) pulls
 * the scores of all pairs to 0, here estimated on the drawn items: without it, or negatives, vectors of groups of users that
 * never meet may come to lie in the same place (folding).
 */
public final class SgdFactorization {

    private final SgdSettings settings;
    private final RowArithmetic arithmetic = RowArithmetic.fastest();
    private final GradientDescent descent;
    private final float[] userBiases;
    private final double bias;

    private SgdFactorization(SparseRows interactions, SgdSettings settings) {
        this.settings = settings;
        this.descent = new GradientDescent(interactions, settings.dimensions(), settings.deviation(), settings.seed());
        this.userBiases = new float[interactions.rows()];
        this.bias = settings.loss() == SgdSettings.Loss.LOGISTIC ? -Math.log(settings.negatives()) : 0;
    }

    /**
     * Fits users (rows) and items (columns); an interaction's weight scales its gradient. A user or item without interactions
     * keeps a random, short vector.
     *
     * @throws java.util.concurrent.CancellationException if interrupted
     */
    public static Factors fit(SparseRows interactions, SgdSettings settings, Progress progress) {
        return new SgdFactorization(interactions, settings).fit(progress);
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
            step(user, item, 1, weight * rate, rate);
            drawNegatives(user, cell, random, rate);
        };
    }

    private void drawNegatives(int user, Strata.Cell cell, SplittableRandom random, float rate) {
        for (int n = 0; n < settings.negatives(); n++) {
            step(user, cell.drawColumn(random), 0, rate, rate);
        }
    }

    private void step(int user, int item, int label, float gradientRate, float rate) {
        int d = settings.dimensions();
        int userAt = user * d;
        float score = arithmetic.dot(descent.users(), userAt, descent.items(), item * d, d);
        double slope = settings.loss().slope(bias + userBiases[user] + score, label);
        float keep = (float) (1 - rate * settings.regularization());
        double pull = label == 1 ? slope : slope - settings.gravity() * score;
        arithmetic.step(descent.users(), userAt, descent.items(), item * d, keep, (float) (gradientRate * pull), d);
        descent.users()[userAt + d - 1] = 1;
        userBiases[user] = keep * userBiases[user] + (float) (gradientRate * slope);
    }
}
