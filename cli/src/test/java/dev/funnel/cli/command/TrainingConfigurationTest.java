package dev.funnel.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.trainer.generate.DefaultGenerators;
import dev.funnel.trainer.generate.GeneratorPlan;
import dev.funnel.trainer.train.TrainingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingConfigurationTest {

    private static final Path SAMPLE = Path.of("..", "deploy", "config", "training.yaml");

    private static TrainingSettings settings(String yaml) {
        return ConfigurationFile.parse(TrainingConfiguration.class, "training.yaml", yaml, Map.of())
                .of(TrainingSettings.defaults(1, 1));
    }

    private static String refusal(String yaml) {
        return String.valueOf(
                assertThrows(InvalidConfiguration.class, () -> settings(yaml)).getMessage());
    }

    @Test
    void the_sample_is_what_is_trained_without_a_configuration() {
        TrainingConfiguration sample = ConfigurationFile.load(TrainingConfiguration.class, SAMPLE, Map.of());
        TrainingSettings usual = TrainingSettings.defaults(1, 1);
        TrainingSettings sampled = sample.of(usual);
        assertEquals(described(DefaultGenerators.plans()), described(sampled.generators()));
        assertEquals(usual.withGenerators(List.copyOf(sampled.generators())).lessons(), sampled.lessons());
        assertEquals(usual.heldOutShare(), sampled.heldOutShare());
        assertEquals(usual.historyLength(), sampled.historyLength());
        assertEquals(usual.mostEvaluated(), sampled.mostEvaluated());
    }

    private static List<String> described(List<GeneratorPlan> plans) {
        return plans.stream()
                .map(plan -> plan.name() + " " + plan.kind() + " " + plan.limit())
                .toList();
    }

    @Test
    void a_misspelt_key_of_a_generator_is_refused_with_its_place_and_the_nearest() {
        String refusal = refusal("""
                generators:
                  - {name: popular, kind: popular}
                  - {name: als, kind: wals, dimension: 8}
                """);
        assertTrue(refusal.contains("training.yaml:3"), refusal);
        assertTrue(refusal.contains("unknown key \"dimension\"; did you mean \"dimensions\"?"), refusal);
    }

    @Test
    void a_misspelt_key_beside_the_generators_is_refused_with_the_nearest() {
        String refusal = refusal("generators: [{name: popular, kind: popular}]\nlesons: 3\n");
        assertTrue(refusal.contains("did you mean \"lessons\"?"), refusal);
    }

    @Test
    void a_training_without_popularity_to_compare_with_is_refused() {
        String refusal = refusal("generators: [{name: als, kind: wals}]\n");
        assertTrue(refusal.contains("none of kind popular"), refusal);
    }

    @Test
    void two_generators_of_one_name_are_refused() {
        String refusal = refusal("generators: [{name: a, kind: popular}, {name: a, kind: newest}]\n");
        assertTrue(refusal.contains("two generators are named a"), refusal);
    }
}
