package dev.funnel.trainer.rank;

import dev.funnel.trainer.Progress;

/** Trains a ranker. */
public final class RankerTraining {
    private RankerTraining() {}

    /**
     * Trains on the examples; deterministic for a seed.
     *
     * @throws java.util.concurrent.CancellationException if interrupted
     * @throws IllegalArgumentException if there is nothing to learn from
     */
    public static TrainedRanker fit(RankerTrainingInput input, RankerSettings settings, Progress progress) {
        throw new UnsupportedOperationException("the ranker's training is not built yet");
    }
}
