package dev.funnel.trainer.train;

import java.util.Locale;

/** The model is worse than showing everyone the most popular items, so it was not published. */
public final class WorseThanPopularityException extends Exception {

    private static final long serialVersionUID = 1;

    private final TrainingReport report;

    WorseThanPopularityException(String measure, double model, double popularity, TrainingReport report) {
        super(String.format(
                Locale.ROOT,
                "not published: on the hold-out the model's %s is %.4f, that of popularity alone %.4f",
                measure,
                model,
                popularity));
        this.report = report;
    }

    /** What was measured. */
    public TrainingReport report() {
        return report;
    }
}
