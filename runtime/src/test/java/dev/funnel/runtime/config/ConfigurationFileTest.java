package dev.funnel.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.Operand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {
    record Server(
            @Default("127.0.0.1") String host,
            int port,
            @Default("true") boolean reflection) {
        Server {
            Rule.between("port", port, 0, 65_535);
        }
    }

    enum Switch {
        ON,
        SOMETIMES_ON
    }

    sealed interface Shape {
        record RoundCake(@Default("1.5") double radius) implements Shape {}

        record Square(double side) implements Shape {}

        sealed interface Pointed extends Shape {
            record Star(@Default("5") int points) implements Pointed {}
        }
    }

    record Pipeline(
            @Default("150ms") Duration deadline,
            @Default("[]") List<String> generators) {}

    record Service(
            Server server,
            @Default("16MiB") ByteSize cache,
            @Nullable Secret key,
            @Default("on") Switch light,
            @Default("{}") Map<String, Pipeline> pipelines,
            @Default("[]") List<Shape> shapes,
            @Default("./bundles") Path root,
            @Nullable ItemPredicate rule) {}

    private static Service parse(String yaml) {
        return parse(yaml, Map.of());
    }

    private static Service parse(String yaml, Map<String, String> environment) {
        return ConfigurationFile.parse(Service.class, "gateway.yaml", yaml, environment);
    }

    private static String refusal(String yaml) {
        return refusal(yaml, Map.of());
    }

    private static String refusal(String yaml, Map<String, String> environment) {
        return String.valueOf(assertThrows(InvalidConfiguration.class, () -> parse(yaml, environment))
                .getMessage());
    }

    @Test
    void what_the_file_leaves_out_has_its_default() {
        Service service = parse("server: {port: 7101}");
        assertEquals(new Server("127.0.0.1", 7101, true), service.server());
        assertEquals(ByteSize.mebibytes(16), service.cache());
        assertEquals(Switch.ON, service.light());
        assertEquals(Path.of("./bundles"), service.root());
        assertNull(service.key());
    }

    @Test
    void durations_sizes_lists_maps_and_kinds_are_read() {
        Service service = parse("""
                server: {port: 0, reflection: off}
                cache: 64KiB
                light: sometimes-on
                pipelines:
                  home: {deadline: 2s, generators: [als, popular]}
                  related: {}
                shapes: [round-cake, {kind: square, side: 2}]
                """);
        assertFalse(service.server().reflection());
        assertEquals(new ByteSize(65_536), service.cache());
        assertEquals(Switch.SOMETIMES_ON, service.light());
        assertEquals(
                new Pipeline(Duration.ofSeconds(2), List.of("als", "popular")),
                service.pipelines().get("home"));
        assertEquals(
                new Pipeline(Duration.ofMillis(150), List.of()),
                service.pipelines().get("related"));
        assertEquals(List.of(new Shape.RoundCake(1.5), new Shape.Square(2)), service.shapes());
    }

    @Test
    void a_type_may_read_its_own_section() {
        Service service = parse("""
                server: {port: 0}
                rule: {equals: {column: maturity, value: 18}}
                """);
        assertEquals(new ItemPredicate.Equal("maturity", new Operand.Number(18)), service.rule());
        assertTrue(ConfigurationFile.describe(service).contains("column: maturity"));
    }

    @Test
    void a_type_that_refuses_its_section_is_named_with_its_place() {
        String refusal = refusal("""
                server: {port: 0}
                rule: {eqals: {column: maturity, value: 18}}
                """);
        assertTrue(refusal.startsWith("gateway.yaml:2: rule: "), refusal);
        assertTrue(refusal.contains("eqals"), refusal);
    }

    @Test
    void an_unknown_key_is_refused_naming_file_line_path_and_the_nearest_known_key() {
        assertEquals(
                "gateway.yaml:3: server.prot: unknown key \"prot\"; did you mean \"port\"?",
                refusal("server:\n  port: 1\n  prot: 2\n"));
    }

    @Test
    void an_unknown_key_near_nothing_is_refused_with_all_known_keys() {
        assertEquals(
                "gateway.yaml:1: server.zzzzzz: unknown key \"zzzzzz\"; known are: host, port, reflection",
                refusal("server: {port: 1, zzzzzz: 2}"));
    }

    @Test
    void a_missing_value_is_named_by_its_path() {
        assertEquals("gateway.yaml:1: server.port: is missing, and has no default", refusal("server: {host: a}"));
        assertEquals("gateway.yaml: server: is missing, and has no default", refusal(""));
    }

    @Test
    void a_value_of_the_wrong_type_names_path_value_and_rule() {
        assertEquals("gateway.yaml:1: server.port: \"many\" must be a whole number", refusal("server: {port: many}"));
        assertEquals(
                "gateway.yaml:2: cache: \"12\" must be a size with its unit, e.g. 64KiB, 16MiB",
                refusal("server: {port: 1}\ncache: 12"));
        assertEquals("gateway.yaml:1: server: is a list, must be a section with keys", refusal("server: [1]"));
        assertEquals(
                "gateway.yaml:2: light: \"of\" must be one of on, sometimes-on",
                refusal("server: {port: 1}\nlight: of"));
    }

    @Test
    void a_broken_rule_names_path_value_and_rule() {
        assertEquals(
                "gateway.yaml:1: server: port: 70000 must be between 0 and 65535", refusal("server: {port: 70000}"));
    }

    @Test
    void a_kind_may_belong_to_a_family_within_the_family() {
        Service service = parse("server: {port: 1}\nshapes: [star, {kind: star, points: 6}]");
        assertEquals(List.of(new Shape.Pointed.Star(5), new Shape.Pointed.Star(6)), service.shapes());
    }

    @Test
    void an_unknown_kind_names_the_nearest() {
        assertEquals(
                "gateway.yaml:2: shapes[0]: unknown kind \"sqare\"; did you mean \"square\"?",
                refusal("server: {port: 1}\nshapes: [{kind: sqare, side: 1}]"));
    }

    @Test
    void a_repeated_key_an_alias_and_a_second_document_are_refused() {
        assertTrue(refusal("server: {port: 1}\nserver: {port: 2}").contains("twice"));
        assertTrue(refusal("server: &a {port: 1}").contains("anchors"));
        assertTrue(refusal("server: {port: 1}\n---\nserver: {port: 2}").contains("second document"));
    }

    @Test
    void text_that_is_not_yaml_is_refused_with_its_line() {
        String refusal = refusal("server: {port: 1\nlight");
        assertTrue(refusal.matches("(?s)gateway.yaml:[23]: not YAML: .*"), refusal);
    }

    @Test
    void nesting_is_bounded() {
        String refusal = refusal("server: " + "[".repeat(100) + "]".repeat(100));
        assertTrue(refusal.contains("nested deeper than 32"), refusal);
    }

    @Test
    void the_environment_overrides_the_file() {
        Service service = parse(
                "server: {port: 1}\npipelines: {home: {}}",
                Map.of(
                        "FUNNEL_SERVER_PORT", "7102",
                        "FUNNEL_CACHE", "1GiB",
                        "FUNNEL_PIPELINES_HOME_DEADLINE", "3s",
                        "FUNNEL_PIPELINES_HOME_GENERATORS", "[als]",
                        "FUNNEL_DATA", "/data"));
        assertEquals(7102, service.server().port());
        assertEquals(new ByteSize(1 << 30), service.cache());
        assertEquals(
                new Pipeline(Duration.ofSeconds(3), List.of("als")),
                service.pipelines().get("home"));
    }

    @Test
    void the_environment_can_stand_for_a_section_the_file_leaves_out() {
        assertEquals(9, parse("", Map.of("FUNNEL_SERVER_PORT", "9")).server().port());
    }

    @Test
    void an_override_that_does_not_fit_names_the_variable() {
        assertEquals(
                "environment variable FUNNEL_SERVER_PORT: server.port: \"x\" must be a whole number",
                refusal("server: {port: 1}", Map.of("FUNNEL_SERVER_PORT", "x")));
    }

    @Test
    void a_misspelt_override_is_refused_naming_the_nearest() {
        assertEquals(
                "environment variable FUNNEL_SERVER_PROT: overrides no known key; did you mean \"FUNNEL_SERVER_PORT\"?",
                refusal("server: {port: 1}", Map.of("FUNNEL_SERVER_PROT", "2")));
    }

    @Test
    void the_effective_configuration_masks_secrets_and_reads_back_to_the_same() {
        Service service = parse("""
                server: {port: 1}
                key: hunter2
                pipelines: {home: {deadline: 90s}}
                shapes: [round-cake]
                """);
        String described = ConfigurationFile.describe(service);
        assertFalse(described.contains("hunter2"), described);
        Service again = parse(described);
        assertEquals(new Secret(Secret.MASK), again.key());
        assertEquals(service.pipelines(), again.pipelines());
        assertEquals(service.shapes(), again.shapes());
        assertEquals(service.server(), again.server());
    }

    @Test
    void a_secret_that_does_not_fit_is_not_repeated() {
        String refusal = refusal("server: {port: 1}\nkey: {a: hunter2}");
        assertFalse(refusal.contains("hunter2"), refusal);
    }

    @Test
    void a_file_that_is_not_there_or_too_large_is_named(@TempDir Path folder) throws IOException {
        Path absent = folder.resolve("absent.yaml");
        assertEquals(
                absent + ": there is no such file",
                assertThrows(InvalidConfiguration.class, () -> ConfigurationFile.load(Service.class, absent, Map.of()))
                        .getMessage());
        Path large = Files.writeString(folder.resolve("large.yaml"), "#".repeat((1 << 20) + 1));
        InvalidConfiguration refusal =
                assertThrows(InvalidConfiguration.class, () -> ConfigurationFile.load(Service.class, large, Map.of()));
        assertTrue(refusal.toString().contains("larger than"), refusal::toString);
    }
}
