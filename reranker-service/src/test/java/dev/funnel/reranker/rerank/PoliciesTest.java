package dev.funnel.reranker.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.reranker.rule.Policy;
import dev.funnel.reranker.rule.PolicyRule;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.runtime.error.CallerError;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PoliciesTest {
    /** Stands in for the configuration of a process. */
    record Configuration(Map<String, Policy> policies) {}

    @Test
    void rules_may_be_written_as_a_word_or_with_keys() {
        Policy policy = policy("""
                filters:
                  - kind: watched
                    preferred: true
                    within: 90d
                  - disliked
                transforms:
                  - kind: boost
                    name: german
                    where: {equals: {column: language, value: de}}
                    factor: 1.5
                slate:
                  - kind: mmr
                    lambda: 0.25
                """);
        assertEquals(
                List.of("disliked", "watched", "german", "mmr"),
                policy.rules().map(PolicyRule::name).toList());
    }

    @Test
    void equal_content_has_the_same_hash_whatever_its_name_and_however_it_is_written() {
        Policies policies = policies("""
                policies:
                  default: {filters: [watched, disliked]}
                  same: {slate: [], filters: [{preferred: false, kind: watched}, {kind: disliked, name: disliked}]}
                  other: {filters: [watched, {kind: disliked, preferred: true}]}
                """);
        String hash = policies.named("").hash();
        assertTrue(hash.matches("[0-9a-f]{64}"), hash);
        assertEquals(hash, policies.named("same").hash());
        assertNotEquals(hash, policies.named("other").hash());
    }

    @Test
    void a_policy_that_does_not_exist_is_the_callers_error_naming_those_that_do() {
        Policies policies = policies("policies: {default: {}, home: {}}");
        CallerError error = assertThrows(CallerError.class, () -> policies.named("homes"));
        assertEquals("policy", error.field());
        assertTrue(message(error).contains("default, home"), message(error));
    }

    @Test
    void without_a_default_policy_nothing_starts() {
        InvalidConfiguration refused = assertThrows(InvalidConfiguration.class, () -> policies("policies: {home: {}}"));
        assertTrue(message(refused).contains("default"), message(refused));
    }

    @ParameterizedTest
    @MethodSource
    void a_bad_rule_is_refused_naming_policy_rule_and_key(String yaml, List<String> named) {
        String file = "policies: {default: {}, home: {" + yaml + "}}";
        InvalidConfiguration refused = assertThrows(InvalidConfiguration.class, () -> policies(file));
        named.forEach(part -> assertTrue(message(refused).contains(part), part + " in " + message(refused)));
    }

    static Stream<Arguments> a_bad_rule_is_refused_naming_policy_rule_and_key() {
        return Stream.of(
                bad("filters: [{kind: watched, wihtin: 3d}]", "home", "filters[0]", "wihtin", "within"),
                bad("filters: [disliked, wached]", "home", "filters[1]", "wached", "watched"),
                bad("filters: [{kind: watched, within: 0s}]", "home", "filters[0]", "within", "between"),
                bad("transforms: [{kind: freshness, half_life: soon}]", "home", "transforms[0].half_life", "soon"),
                bad("transforms: [{kind: boost, factor: 2}]", "home", "transforms[0]", "where", "exactly one"),
                bad("slate: [{kind: mmr, lambda: 1.5}]", "home", "slate[0]", "lambda", "1.5"),
                bad("slate: [mmr, {kind: mmr, name: again}]", "home", "slate", "at most one"),
                bad("filters: [watched, watched]", "home", "name", "watched"),
                bad("filters: [{kind: watched, name: excluded}]", "home", "name", "excluded"),
                bad("filters: [{kind: watched, name: 'Not a name'}]", "home", "name", "Not a name"),
                bad("filtres: []", "home", "filtres", "filters"));
    }

    private static Arguments bad(String yaml, String... named) {
        return Arguments.of(yaml, List.of(named));
    }

    private static Policy policy(String yaml) {
        return ConfigurationFile.parse(Policy.class, "test", yaml, Map.of());
    }

    private static Policies policies(String yaml) {
        return new Policies(ConfigurationFile.parse(Configuration.class, "test", yaml, Map.of())
                .policies());
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
