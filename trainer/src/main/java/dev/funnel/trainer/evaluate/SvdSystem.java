package dev.funnel.trainer.evaluate;

import dev.funnel.trainer.fit.Factors;
import dev.funnel.trainer.fit.Svd;
import dev.funnel.trainer.fit.SvdSettings;

/** The truncated singular value decomposition with zeros filled in, see {@link Svd}. */
final class SvdSystem implements OfflineSystem {

    @Override
    public String name() {
        return "svd";
    }

    @Override
    public Scorer fit(FitTask task) {
        SvdSettings usual = SvdSettings.defaults(task.settings().whole("dim", 64), task.threads());
        SvdSettings settings = new SvdSettings(
                usual.dimensions(),
                task.settings().whole("iterations", usual.iterations()),
                task.seed(),
                usual.threads());
        FactorScoring scoring = FactorScoring.of(task, settings.foldIn());
        task.noteSettings(settings);
        Factors factors = Svd.fit(task.train(), settings, task.progress());
        return scoring.scorer(factors);
    }
}
