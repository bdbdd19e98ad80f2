package dev.funnel.systemtests.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.funnel.systemtests.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dashboard and the alarms ask only for metrics that a process shows. */
class DashboardTest {

    private static final String DASHBOARD = "deploy/dashboards/funnel.json";
    private static final String ALERTS = "deploy/dashboards/alerts.yaml";

    /** How a metric is made: what it is, its name, its unit. */
    private static final Pattern MADE =
            Pattern.compile("\\.\\s*(counter|histogram|gauge)\\(\\s*\"(funnel\\.[^\"]+)\",\\s*\"([^\"]+)\"");

    private static final Pattern ASKED = Pattern.compile("\\b(?:funnel|grpc)_[a-z0-9_]+");

    /** Names that are labels of gRPC's metrics. */
    private static final Set<String> LABELS = Set.of("grpc_method", "grpc_status", "grpc_target");

    /** Of gRPC's own metrics (gRFC A66), those that a server shows. */
    private static final Set<String> STANDARD = Set.of(
            "grpc_server_call_duration_seconds_count",
            "grpc_server_call_duration_seconds_bucket",
            "grpc_server_call_duration_seconds_sum");

    @Test
    void every_metric_of_the_dashboard_and_the_alarms_is_one_that_a_process_shows() throws IOException {
        Set<String> shown = shown();
        assertTrue(shown.contains("funnel_gateway_rung_total"), shown.toString());
        Set<String> asked = new TreeSet<>(asked(expressions(dashboard(), new TreeSet<>())));
        asked.addAll(asked(expressions(alerts(), new TreeSet<>())));
        assertTrue(asked.size() > 15, asked.toString());
        asked.removeAll(shown);
        assertEquals(Set.of(), asked);
    }

    @Test
    void there_are_alarms_on_bundles_refused_and_held_back_and_on_an_item_log_that_lags_or_is_silent()
            throws IOException {
        Set<String> wanted = new TreeSet<>(Set.of(
                "funnel_bundle_loads_total",
                "funnel_bundle_holding_back",
                "funnel_items_log_lag_seconds",
                "funnel_items_log_silence_seconds"));
        wanted.removeAll(asked(expressions(alerts(), new TreeSet<>())));
        assertEquals(Set.of(), wanted);
    }

    @Test
    void every_alarm_says_what_is_wrong_and_where_to_look() throws IOException {
        for (JsonNode rule : alerts().path("groups").path(0).path("rules")) {
            String name = rule.path("alert").asText();
            assertTrue(name.startsWith("Funnel"), name);
            for (String said : List.of("summary", "look")) {
                assertTrue(rule.path("annotations").path(said).asText().length() > 10, name + " lacks " + said);
            }
        }
    }

    @Test
    void no_two_panels_of_the_dashboard_lie_on_each_other() throws IOException {
        Set<String> places = new HashSet<>();
        for (JsonNode panel : dashboard().path("panels")) {
            JsonNode at = panel.path("gridPos");
            assertTrue(
                    places.add(at.path("x").asInt() + "," + at.path("y").asInt()),
                    panel.path("title").asText());
        }
        assertTrue(places.size() > 10);
    }

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(Repository.read(DASHBOARD));
    }

    private static JsonNode alerts() throws IOException {
        return new YAMLMapper().readTree(Repository.read(ALERTS));
    }

    /** All values of fields named {@code expr}, at any depth. */
    private static Set<String> expressions(JsonNode node, Set<String> found) {
        if (node.path("expr").isTextual()) {
            found.add(node.path("expr").asText());
        }
        node.forEach(inner -> expressions(inner, found));
        return found;
    }

    private static Set<String> asked(Set<String> expressions) {
        Set<String> asked = new TreeSet<>();
        for (String expression : expressions) {
            ASKED.matcher(expression).results().map(MatchResult::group).forEach(asked::add);
        }
        asked.removeAll(LABELS);
        return asked;
    }

    /** The names on the pages of all processes, as Prometheus has them. */
    private static Set<String> shown() throws IOException {
        Set<String> shown = new TreeSet<>(STANDARD);
        try (Stream<Path> files = Files.walk(Repository.root())) {
            for (Path file : files.filter(each -> each.toString().endsWith(".java"))
                    .filter(each -> each.toString().contains("/src/main/"))
                    .toList()) {
                MADE.matcher(Files.readString(file)).results().forEach(made -> shown.addAll(names(made)));
            }
        }
        return shown;
    }

    private static List<String> names(MatchResult made) {
        String name = made.group(2).replace('.', '_') + unit(made.group(3));
        return switch (made.group(1)) {
            case "counter" -> List.of(name + "_total");
            case "histogram" -> List.of(name + "_bucket", name + "_count", name + "_sum");
            default -> List.of(name);
        };
    }

    private static String unit(String ucum) {
        return switch (ucum) {
            case "s" -> "_seconds";
            case "By" -> "_bytes";
            default -> "";
        };
    }
}
