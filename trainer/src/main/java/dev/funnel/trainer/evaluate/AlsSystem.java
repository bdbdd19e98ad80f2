package dev.funnel.trainer.evaluate;

import dev.funnel.trainer.fit.Factors;
import dev.funnel.trainer.fit.Wals;
import dev.funnel.trainer.fit.WalsSettings;
import java.util.Locale;

/** Weighted matrix factorisation by alternating least squares, see {@link Wals}. */
final class AlsSystem implements OfflineSystem {

    @Override
    public String name() {
        return "als";
    }

    @Override
    public Scorer fit(FitTask task) {
        WalsSettings usual = WalsSettings.defaults(task.settings().whole("dim", 64), task.threads());
        WalsSettings settings = new WalsSettings(
                usual.dimensions(),
                task.settings().whole("sweeps", usual.sweeps()),
                task.settings().number("unobserved-weight", usual.unobservedWeight()),
                task.settings().number("regularization", usual.regularization()),
                task.settings().number("regularization-exponent", usual.regularizationExponent()),
                task.settings().whole("gradient-steps", usual.gradientSteps()),
                task.seed(),
                usual.threads());
        FactorScoring scoring = FactorScoring.of(task, settings.foldIn());
        task.noteSettings(settings);
        long started = System.nanoTime();
        Factors factors = Wals.fit(task.train(), settings, task.progress());
        double seconds = (System.nanoTime() - started) / 1e9;
        task.notes()
                .put(
                        "sweep",
                        String.format(
                                Locale.ROOT,
                                "%.3f s on the average over %,d interactions, by %d threads",
                                seconds / settings.sweeps(),
                                task.train().entries(),
                                settings.threads()));
        return scoring.scorer(factors);
    }
}
