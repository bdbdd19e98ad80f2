package dev.funnel.trainer.evaluate;

import dev.funnel.trainer.fit.Bpr;
import dev.funnel.trainer.fit.BprSettings;
import dev.funnel.trainer.fit.Factors;

/** Matrix factorisation by comparing pairs of items, see {@link Bpr}. */
final class BprSystem implements OfflineSystem {

    @Override
    public String name() {
        return "bpr";
    }

    @Override
    public Scorer fit(FitTask task) {
        BprSettings settings = settings(task);
        FactorScoring scoring = FactorScoring.of(task, settings.foldIn());
        task.noteSettings(settings);
        Factors factors = Bpr.fit(task.train(), settings, task.progress());
        return scoring.scorer(factors);
    }

    private static BprSettings settings(FitTask task) {
        Overrides asked = task.settings();
        BprSettings usual = BprSettings.defaults(asked.whole("dim", 192), task.threads());
        return new BprSettings(
                usual.dimensions(),
                asked.whole("epochs", usual.epochs()),
                asked.number("learning-rate", usual.learningRate()),
                asked.number("last-learning-rate", usual.lastLearningRate()),
                asked.number("regularization", usual.regularization()),
                asked.whole("negatives", usual.negatives()),
                asked.whole("among", usual.among()),
                asked.whole("margin", 0) == 1 ? BprSettings.Loss.MARGIN : usual.loss(),
                asked.number("deviation", usual.deviation()),
                task.seed(),
                usual.threads());
    }
}
