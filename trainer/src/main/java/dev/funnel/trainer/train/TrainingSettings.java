package dev.funnel.trainer.train;

import dev.funnel.trainer.generate.DefaultGenerators;
import dev.funnel.trainer.generate.GeneratorPlan;
import dev.funnel.trainer.prepare.PositiveRule;
import dev.funnel.trainer.rank.RankerSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a bundle is trained.
 *
 * @param positives which interactions speak for an item
 * @param generators what is fitted, in the order of reports and features; one of them popular, which the others are compared with
 * @param rankerVectors generators whose item vectors the ranker compares; empty: the first that has any
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
        List<GeneratorPlan> generators,
        List<String> rankerVectors,
        @Nullable RankerSettings ranker,
        double heldOutShare,
        int lessons,
        int historyLength,
        int mostEvaluated,
        boolean publishWorse,
        long seed,
        int threads) {

    private static final String POPULAR = "popular";
    private static final int MOST_GENERATORS = 64;

    public TrainingSettings {
        generators = List.copyOf(generators);
        rankerVectors = List.copyOf(rankerVectors);
        require("number of generators", generators.size(), 1, MOST_GENERATORS);
        requireNames(generators, rankerVectors);
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
                DefaultGenerators.plans(),
                List.of(),
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
                rankerVectors,
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
    public TrainingSettings withGenerators(List<GeneratorPlan> generators) {
        return new TrainingSettings(
                positives,
                generators,
                rankerVectors,
                ranker,
                heldOutShare,
                lessons,
                historyLength,
                mostEvaluated,
                publishWorse,
                seed,
                threads);
    }

    /** The generator that every other is compared with: a model has to be better than showing everyone what is popular. */
    String popularity() {
        return popularity(generators);
    }

    private static String popularity(List<GeneratorPlan> generators) {
        return generators.stream()
                .filter(plan -> plan.kind().equals(POPULAR))
                .map(GeneratorPlan::name)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("generators have none of kind " + POPULAR
                        + ", must have one: the others are compared with it"));
    }

    private static void requireNames(List<GeneratorPlan> generators, List<String> rankerVectors) {
        popularity(generators);
        Set<String> names = new HashSet<>();
        for (GeneratorPlan plan : generators) {
            if (!names.add(plan.name())) {
                throw new IllegalArgumentException("two generators are named " + plan.name() + ", must be one");
            }
        }
        for (String name : rankerVectors) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        "ranker vectors are of \"" + name + "\", must be of one of " + names);
            }
        }
    }

    private static void require(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s is %,d, must be %,d to %,d".formatted(what, value, least, most));
        }
    }
}
