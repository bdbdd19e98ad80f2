package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.funnel.systemtests.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The one command of the README: from nothing to a slate, as a process of its own; and what it serves with. */
@ExtendWith(TinyFunnelExtension.class)
class DemoTest {

    private static final long PATIENCE_SECONDS = 180;
    private static final int PLACES = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void once_with_json_prints_a_slate_with_sources_scores_and_reasons_and_the_agreement_with_the_truth()
            throws Exception {
        try (FunnelProcess demo = FunnelProcess.start(folder, demo("--once", "--json"))) {
            assertEquals(0, demo.await(PATIENCE_SECONDS), demo.err());
            List<JsonNode> objects = objects(demo.out());
            objects.forEach(object -> assertTrue(
                    object.has("system") && object.has("protocol") && object.has("seconds"), object::toString));
            assertSlate(only(objects, "recommend"));
            JsonNode agreement = objects.stream()
                    .filter(object -> object.has("spearman.ranker"))
                    .findFirst()
                    .orElseThrow();
            for (String order : List.of("duration", "popularity", "als", "covisit", "popular", "newest")) {
                assertTrue(agreement.path("spearman." + order).isNumber(), order + " in " + agreement);
            }
            assertTrue(only(objects, "steps").path("train_seconds").asDouble() > 0);
            assertFalse(demo.err().isBlank(), "progress and remarks belong on standard error");
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "funnel.long", matches = "true")
    void without_once_it_shows_tables_and_commands_and_serves_until_interrupted_leaving_no_process_behind()
            throws Exception {
        try (FunnelProcess demo = FunnelProcess.start(folder, demo())) {
            demo.awaitText(PATIENCE_SECONDS, text -> text.contains("Serving until interrupted"));
            assertTrue(demo.out().contains("./funnel explain"), demo.out());
            assertTrue(demo.out().contains("grpcurl"), demo.out());
            List<ProcessHandle> services = demo.handle().descendants().toList();
            assertEquals(4, services.size(), "the four services");
            int interrupted = demo.interrupt();
            assertEquals(interrupted, demo.await(PATIENCE_SECONDS), demo.err());
            assertTrue(services.stream().noneMatch(ProcessHandle::isAlive), "a service is left running");
        }
    }

    @Test
    void the_services_end_with_a_command_that_is_killed(TinyFunnel tiny) throws Exception {
        try (FunnelProcess serving = FunnelProcess.start(folder, "serve", "all", "--bundles", tiny.bundles())) {
            serving.awaitText(PATIENCE_SECONDS, text -> text.contains("gateway answers at"));
            List<ProcessHandle> services = serving.handle().descendants().toList();
            assertEquals(4, services.size(), "the four services");
            serving.signal("KILL");
            for (ProcessHandle service : services) {
                service.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void interrupted_while_it_trains_it_leaves_no_half_written_bundle() throws Exception {
        try (FunnelProcess demo = FunnelProcess.start(folder, demo("--once"))) {
            demo.awaitText(PATIENCE_SECONDS, text -> Files.isDirectory(folder.resolve("demo-world/bundles/demo")));
            int interrupted = demo.interrupt();
            assertEquals(interrupted, demo.await(PATIENCE_SECONDS), demo.err());
            assertTrue(demo.err().contains("funnel: interrupted"), demo.err());
            try (Stream<Path> left = Files.list(folder.resolve("demo-world/bundles/demo"))) {
                assertEquals(List.of(), left.filter(Files::isDirectory).toList());
            }
        }
    }

    @Test
    void the_script_runs_from_any_folder() throws Exception {
        Path root = Repository.root();
        Assumptions.assumeTrue(
                Files.exists(root.resolve("cli/target/classpath")), "the script runs what the phase package has built");
        try (FunnelProcess script =
                FunnelProcess.start(folder, List.of(root.resolve("funnel").toString(), "--help"))) {
            assertEquals(0, script.await(PATIENCE_SECONDS), script.err());
            assertTrue(script.out().contains("demo"), script.out());
        }
    }

    private static Object[] demo(Object... more) {
        return Stream.concat(
                        Stream.of("demo", "--items", 400, "--users", 80, "--days", 15, "--impressions", 30_000),
                        Stream.of(more))
                .toArray();
    }

    private static void assertSlate(JsonNode slate) {
        assertEquals(PLACES, slate.path("items").size(), slate::toString);
        for (JsonNode item : slate.path("items")) {
            assertFalse(item.path("sources").isEmpty(), item::toString);
            assertTrue(item.path("sources").get(0).path("score").isNumber(), item::toString);
            assertFalse(item.path("predictions").isEmpty(), item::toString);
            assertFalse(item.path("reasons").isEmpty(), item::toString);
        }
    }

    private static JsonNode only(List<JsonNode> objects, String protocol) {
        return objects.stream()
                .filter(object -> object.path("protocol").asText().equals(protocol))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> objects(String out) throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : out.split("\n", -1)) {
            if (!line.isEmpty()) {
                objects.add(new ObjectMapper().readTree(line));
            }
        }
        return objects;
    }
}
