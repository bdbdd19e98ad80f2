package dev.funnel.trainer.evaluate.session;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.evaluate.Overrides;
import java.util.Map;

/** A system that {@link SessionEvaluation} can fit and measure. */
interface SessionSystem {

    /** Its name as written on the command line. */
    String name();

    /** Fits on the training sessions and nothing else, noting its settings. */
    SessionScorer fit(Task task);

    /**
     * What it is given.
     *
     * @param settings what was asked for instead of its defaults
     * @param notes where it writes what a reader of its figures has to know, by name
     */
    record Task(SessionData data, Overrides settings, int threads, Progress progress, Map<String, String> notes) {}
}
