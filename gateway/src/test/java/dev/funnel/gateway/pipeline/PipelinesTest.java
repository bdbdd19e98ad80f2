package dev.funnel.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.runtime.error.CallerError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PipelinesTest {
    private static final String RULE =
            "{strict_rules: [{name: german, predicate: {equals: {column: language, value: %s}}}]}";

    /** What a file says under {@code pipelines}. */
    private record File(Map<String, PipelineConfiguration> pipelines) {}

    @Test
    void the_hash_is_of_the_content_with_defaults_spelled_out_and_not_of_the_name() {
        assertEquals(hash("{}"), hash("{page_size: 20, policy: default}"));
        assertEquals(64, hash("{}").length());
    }

    @Test
    void whatever_is_changed_changes_the_hash() {
        List<String> hashes = Stream.of(
                        "{}",
                        "{page_size: 21}",
                        "{ranking: off}",
                        "{policy: none}",
                        "{generators: [{name: als}]}",
                        "{generators: [{name: als, limit: 1}]}",
                        "{generators: [{name: als, group: own}]}",
                        RULE.formatted("de"),
                        RULE.formatted("fr"))
                .map(PipelinesTest::hash)
                .toList();
        assertEquals(hashes.size(), hashes.stream().distinct().count());
        assertNotEquals(hashes.get(7), hashes.get(8), "a value deep inside a rule");
    }

    @Test
    void no_name_means_related_for_a_seed_item_where_there_is_such_a_pipeline_and_else_home() {
        Pipelines both = pipelines("{home: {}, related: {}}");
        assertEquals("home", both.resolve("", false).name());
        assertEquals("related", both.resolve("", true).name());
        assertEquals("home", pipelines("{home: {}}").resolve("", true).name());
        assertEquals("home", both.resolve("home", true).name(), "a name is a name");
    }

    @Test
    void an_unknown_name_is_refused_naming_those_there_are() {
        CallerError refusal = assertThrows(
                CallerError.class, () -> pipelines("{search: {}, home: {}}").resolve("hom", false));
        assertEquals("pipeline", refusal.field());
        assertTrue(refusal.rule().contains("home, search"), refusal::rule);
    }

    @Test
    void a_formula_in_the_place_of_an_objectives_name_is_refused_saying_where_formulas_stand() {
        InvalidConfiguration refusal =
                assertThrows(InvalidConfiguration.class, () -> pipelines("{home: {objective: click * watch_time}}"));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains("pipelines.home: objective") && message.contains("click * watch_time"), message);
        assertTrue(message.contains("configuration of ranking"), message);
    }

    @Test
    void generators_of_one_group_are_asked_together_in_the_order_written() {
        Pipeline pipeline = pipelines("{home: {generators: [{name: a}, {name: b, group: own}, {name: c}]}}")
                .resolve("home", false);
        assertEquals(
                "[[a, c], [b]]",
                pipeline.groups(Set.of()).stream()
                        .map(group -> group.stream().map(each -> each.name()).toList())
                        .toList()
                        .toString());
        assertFalse(pipelines("{home: {policy: none}}").resolve("home", false).reranks());
    }

    @Test
    void an_optional_generator_is_asked_only_if_the_bundle_has_it() {
        Pipeline pipeline = pipelines("{home: {generators: [{name: a}, {name: b, optional: true, group: own}]}}")
                .resolve("home", false);
        assertEquals(1, pipeline.groups(Set.of("a")).size());
        assertEquals(2, pipeline.groups(Set.of("a", "b")).size());
        assertEquals(1, pipeline.groups(Set.of()).size(), "one that is not optional is asked, and its absence is told");
    }

    @Test
    void a_pipeline_of_optional_generators_only_is_refused() {
        InvalidConfiguration refusal = assertThrows(
                InvalidConfiguration.class, () -> pipelines("{home: {generators: [{name: a, optional: true}]}}"));
        assertTrue(String.valueOf(refusal.getMessage()).contains("generators"), refusal::getMessage);
    }

    private static String hash(String pipeline) {
        return pipelines("{any: " + pipeline + "}").resolve("any", false).hash();
    }

    private static Pipelines pipelines(String yaml) {
        return new Pipelines(ConfigurationFile.parse(File.class, "test", "pipelines: " + yaml, Map.of())
                .pipelines());
    }
}
