package dev.funnel.trainer.generate;

import dev.funnel.trainer.Progress;

/** A generator that is configured and not fitted yet. Fits any number of times, on one part of the log after another. */
@FunctionalInterface
public interface Fitting {

    /**
     * Fits on a part of the log; deterministic.
     *
     * @throws java.util.concurrent.CancellationException if interrupted
     */
    FittedGenerator fit(FittingInput input, Progress progress);
}
