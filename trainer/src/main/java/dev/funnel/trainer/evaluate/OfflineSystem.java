package dev.funnel.trainer.evaluate;

/**
 * A system that {@link OfflineEvaluation} can fit and evaluate: a class of its own and a line in {@link OfflineSystems}.
 */
public interface OfflineSystem {

    /** Its name as written on the command line: [a-z0-9-]+, of no other system. */
    String name();

    /**
     * Fits on what the task holds and nothing else. Whatever the figures depend on beside the data goes to the task's notes.
     *
     * @throws java.util.concurrent.CancellationException if interrupted
     */
    Scorer fit(FitTask task);
}
