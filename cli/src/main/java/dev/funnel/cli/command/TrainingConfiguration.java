package dev.funnel.cli.command;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.trainer.generate.GeneratorKinds;
import dev.funnel.trainer.generate.GeneratorPlan;
import dev.funnel.trainer.train.TrainingSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How {@code funnel train} trains: {@code deploy/config/training.yaml}.
 *
 * @param generators what is fitted, in the order of reports and features
 * @param rankerVectors generators whose item vectors the ranker compares; empty: the first that has any
 * @param ranker what differs from the ranker that is trained unless told; absent: nothing
 * @param heldOutShare share of the log that is held out
 * @param lessons how often generators are fitted anew for the ranker's examples
 * @param historyLength how much of each user's history the bundle holds at most
 * @param mostEvaluated users that the hold-out is measured on at most
 */
record TrainingConfiguration(
        List<GeneratorSection> generators,
        @Default("[]") List<String> rankerVectors,
        @Nullable RankerSection ranker,
        @Default("0.1") double heldOutShare,
        @Default("3") int lessons,
        @Default("10000") int historyLength,
        @Default("3000") int mostEvaluated) {

    /** One generator, whose keys are those of its kind. */
    record GeneratorSection(GeneratorPlan plan, Map<String, @Nullable Object> keys) {
        static GeneratorSection parse(Map<String, @Nullable Object> keys) {
            return new GeneratorSection(GeneratorKinds.installed().plan(keys), keys);
        }

        Map<String, @Nullable Object> toMap() {
            return keys;
        }
    }

    /** Settings with what is configured in place of the defaults. */
    TrainingSettings of(TrainingSettings defaults) {
        try {
            return new TrainingSettings(
                    defaults.positives(),
                    generators.stream().map(GeneratorSection::plan).toList(),
                    rankerVectors,
                    ranker == null ? defaults.ranker() : ranker.of(defaults.ranker()),
                    heldOutShare,
                    lessons,
                    historyLength,
                    mostEvaluated,
                    defaults.publishWorse(),
                    defaults.seed(),
                    defaults.threads());
        } catch (IllegalArgumentException e) {
            throw new InvalidConfiguration(String.valueOf(e.getMessage()));
        }
    }
}
