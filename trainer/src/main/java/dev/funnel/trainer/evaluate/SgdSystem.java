package dev.funnel.trainer.evaluate;

import dev.funnel.trainer.fit.Factors;
import dev.funnel.trainer.fit.SgdFactorization;
import dev.funnel.trainer.fit.SgdSettings;

/** Matrix factorisation by stochastic gradient descent, see {@link SgdFactorization}. */
final class SgdSystem implements OfflineSystem {

    @Override
    public String name() {
        return "sgd-mf";
    }

    @Override
    public Scorer fit(FitTask task) {
        SgdSettings settings = settings(task);
        FactorScoring scoring = FactorScoring.of(task, settings.foldIn());
        task.noteSettings(settings);
        Factors factors = SgdFactorization.fit(task.train(), settings, task.progress());
        return scoring.scorer(factors);
    }

    private static SgdSettings settings(FitTask task) {
        Overrides asked = task.settings();
        SgdSettings usual = SgdSettings.defaults(asked.whole("dim", 192), task.threads());

        return new SgdSettings(
                usual.dimensions(),
                asked.whole("epochs", usual.epochs()),
                asked.number("learning-rate", usual.learningRate()),
                asked.number("last-learning-rate", usual.lastLearningRate()),
                asked.number("regularization", usual.regularization()),
                asked.whole("negatives", usual.negatives()),
                asked.whole("squared", 0) == 1 ? SgdSettings.Loss.SQUARED : usual.loss(),
                asked.number("gravity", usual.gravity()),
                asked.number("deviation", usual.deviation()),
                task.seed(),
                usual.threads());
    }
}
