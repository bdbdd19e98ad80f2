package dev.funnel.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.trainer.generate.DefaultGenerators;
import dev.funnel.trainer.generate.GeneratorPlan;
import dev.funnel.trainer.rank.HeadKind;
import dev.funnel.trainer.rank.RankerGoals;
import dev.funnel.trainer.rank.RankerSettings;
import dev.funnel.trainer.train.TrainingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    void the_sample_that_compares_retrieval_networks_is_one() {
        Path sample = SAMPLE.resolveSibling("retrieval-networks.yaml");
        TrainingSettings compared = ConfigurationFile.load(TrainingConfiguration.class, sample, Map.of())
                .of(TrainingSettings.defaults(1, 1));
        assertTrue(compared.generators().size() > 5, sample.toString());
    }

    @Test
    void the_sample_is_what_is_trained_without_a_configuration() {
        TrainingConfiguration sample = ConfigurationFile.load(TrainingConfiguration.class, SAMPLE, Map.of());
        TrainingSettings usual = TrainingSettings.defaults(1, 1);
        TrainingSettings sampled = sample.of(usual);
        assertEquals(described(DefaultGenerators.plans()), described(sampled.generators()));
        assertEquals(usual.withGenerators(List.copyOf(sampled.generators())).lessons(), sampled.lessons());
        assertEquals(usual.ranker(), sampled.ranker());
        assertEquals(usual.heldOutShare(), sampled.heldOutShare());
        assertEquals(usual.historyLength(), sampled.historyLength());
        assertEquals(usual.mostEvaluated(), sampled.mostEvaluated());
    }

    @Test
    void the_network_its_heads_and_its_objectives_are_configured() {
        RankerSettings ranker = Objects.requireNonNull(settings("""
                generators:
                  - {name: popular, kind: popular}
                ranker:
                  network: wide-and-deep
                  hidden: [64]
                  heads: [click, watch_time]
                  objectives: {mixed: click * watch_time^0.5}
                  objective: mixed
                  weighting: paper
                  epochs: 3
                """).ranker());
        assertEquals(new RankerSettings.NetworkPlan("wide-and-deep", List.of(64), 0, List.of()), ranker.learner());
        assertEquals(
                new RankerGoals(
                        List.of(HeadKind.CLICK, HeadKind.WATCH_TIME),
                        Map.of("mixed", "click * watch_time^0.5"),
                        "mixed"),
                ranker.goals());
        assertEquals(RankerSettings.Weighting.PAPER, ranker.weighting());
        assertEquals(3, ranker.descent().epochs());
    }

    @Test
    void trees_are_configured_in_place_of_a_network() {
        RankerSettings ranker = Objects.requireNonNull(settings("""
                generators: [{name: popular, kind: popular}]
                ranker:
                  trees: {most: 40, depth: 4, least_weight: 2}
                """).ranker());
        assertEquals(new RankerSettings.TreePlan(40, 20, 4, .1, 2, .8), ranker.learner());
        String both = refusal("""
                generators: [{name: popular, kind: popular}]
                ranker: {trees: {}, hidden: [64]}
                """);
        assertTrue(both.contains("hidden is [64] beside trees, must be absent"), both);
        String deep = refusal("""
                generators: [{name: popular, kind: popular}]
                ranker: {trees: {depth: 40}}
                """);
        assertTrue(deep.contains("depth of trees: 40.0 must be 1.0 to 12.0"), deep);
    }

    @Test
    void a_network_and_a_head_that_nobody_knows_are_refused_naming_those_there_are() {
        String head = refusal("""
                generators: [{name: popular, kind: popular}]
                ranker: {heads: [dwell]}
                """);
        assertTrue(head.contains("head is \"dwell\", must be one of click, watch_time, like"), head);
        String network = refusal("""
                generators: [{name: popular, kind: popular}]
                ranker: {network: transformer}
                """);
        assertTrue(network.contains("network is \"transformer\", must be one of"), network);
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
