package dev.funnel.trainer.train;

import dev.funnel.trainer.rank.RankerSettings;
import org.jspecify.annotations.Nullable;

/**
 * How a bundle is trained.
 *
 * @param positives which interactions speak for an item
 * @param generators how the generators are fitted
 * @param limits how many candidates each nominates by default
 * @param ranker null: the bundle has none
 * @param heldOutShare share of the log that is held out, the last part of it or, without times, at random; above 0, below .5
 * @param lessons how often, in a log with times, generators are fitted anew for the ranker's examples, 1 to 20
 * @param historyLength how much of each user's history the bundle holds at most, 1 to 10,000
 * @param mostEvaluated users that the hold-out is measured on at most, at least 1
 * @param publishWorse whether a model worse than popularity is published all the same
 * @param seed of everything random
 * @param threads at least 1
 */
public record TrainingSettings(
        PositiveRule positives,
        GeneratorSettings generators,
        GeneratorLimits limits,
        @Nullable RankerSettings ranker,
        double heldOutShare,
        int lessons,
        int historyLength,
        int mostEvaluated,
        boolean publishWorse,
        long seed,
        int threads) {

    private static final int DIMENSIONS = 64;

    public TrainingSettings {
        if (!(heldOutShare > 0 && heldOutShare < .5)) {
            throw new IllegalArgumentException("held-out share is " + heldOutShare + ", must be above 0, below .5");
        }
        require("lessons", lessons, 1, 20);
        require("history length", historyLength, 1, 10_000);
        require("evaluated users", mostEvaluated, 1, Integer.MAX_VALUE);
        require("threads", threads, 1, 1_024);
    }

    /** The defaults for a seed, on so many threads. */
    public static TrainingSettings defaults(long seed, int threads) {
        return new TrainingSettings(
                PositiveRule.DEFAULT,
                GeneratorSettings.defaults(DIMENSIONS, threads),
                GeneratorLimits.DEFAULT,
                RankerSettings.defaults(seed, threads),
                .1,
                3,
                10_000,
                3_000,
                false,
                seed,
                threads);
    }

    /** The same without a ranker. */
    public TrainingSettings withoutRanker() {
        return withRanker(null);
    }

    /** The same with the ranker that suits a log without impressions. */
    public TrainingSettings withoutImpressions() {
        return withRanker(RankerSettings.withoutImpressions(seed, threads));
    }

    private TrainingSettings withRanker(@Nullable RankerSettings other) {
        return new TrainingSettings(
                positives,
                generators,
                limits,
                other,
                heldOutShare,
                lessons,
                historyLength,
                mostEvaluated,
                publishWorse,
                seed,
                threads);
    }

    /** The same with other generators. */
    public TrainingSettings withGenerators(GeneratorSettings generators) {
        return new TrainingSettings(
                positives,
                generators,
                limits,
                ranker,
                heldOutShare,
                lessons,
                historyLength,
                mostEvaluated,
                publishWorse,
                seed,
                threads);
    }

    private static void require(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s is %,d, must be %,d to %,d".formatted(what, value, least, most));
        }
    }
}
