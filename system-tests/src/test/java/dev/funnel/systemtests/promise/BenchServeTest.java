package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.funnel.cli.cluster.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The load driver as a command, for seconds and at a few requests a second: what it counts and says, not how long anything took. That it was
 * itself late is no failure of it here; it says so and ends with 1. The long form
 * also swaps bundles while a stage is slow, and has a client ask beyond its quota.
 */
@ExtendWith(TinyFunnelExtension.class)
class BenchServeTest {

    private static final long PATIENCE_SECONDS = 180;
    private static final String LATE = "the driver was late";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** True if the machine has so much else to do that the driver was late: then it may be too slow for a swap, too. */
    private boolean late;

    @Test
    void a_gateway_that_runs_is_loaded_beside_empty_hops(TinyFunnel funnel) throws Exception {
        Map<String, List<JsonNode>> parts =
                run(funnel, 1, "--target", funnel.cluster().target(Service.GATEWAY));
        JsonNode load = only(parts, "load");
        assertEquals(counted(only(parts, "floor")), counted(load), "the same load on both");
        assertEquals(0, load.path("failed").asLong(), load::toString);
        assertEquals(counted(load), sum(load.path("rungs")), "each answer stands on a rung");
        assertEquals(1, sum(load.path("share")), .01, load::toString);
        assertTrue(load.path("candidates").asDouble() > 0, load::toString);
        assertTrue(load.path("p50_ms").asDouble() > 0 && load.path("p999_ms").isNumber(), load::toString);
        assertTrue(load.path("margin_p1_ms").asDouble() > 0, load::toString);
        assertTrue(only(parts, "ratio").path("p50").isNumber());
    }

    @Test
    @EnabledIfSystemProperty(named = "funnel.long", matches = "true")
    void bundles_are_swapped_while_a_stage_is_slow_and_nothing_fails(TinyFunnel funnel) throws Exception {
        List<Object> words = new ArrayList<>(List.of("--swap-every", 1, "--chaos", "slow:reranker"));
        for (Service service : Service.values()) {
            words.addAll(List.of("--set", service.label() + ".bundles.poll=100ms"));
        }
        Map<String, List<JsonNode>> parts = run(funnel, 8, words.toArray());
        JsonNode between = only(parts, "between_swaps");
        JsonNode during = only(parts, "during_swaps");
        assertEquals(0, between.path("failed").asLong() + during.path("failed").asLong(), parts::toString);
        assertTrue(counted(during) > 0, parts::toString);
        assertTrue(late || only(parts, "swaps").path("swaps").asInt() > 0, parts::toString);
        assertTrue(only(parts, "promise").has("open"), "too few answers to judge a 99th percentile");
        assertEquals(5, between.path("cpu_ms").size(), "four services and the client");
    }

    @Test
    @EnabledIfSystemProperty(named = "funnel.long", matches = "true")
    void a_client_over_its_quota_is_shed_and_the_others_are_not(TinyFunnel funnel) throws Exception {
        Map<String, List<JsonNode>> parts = run(funnel, 2, "--quota");
        assertEquals(0, only(parts, "without_offender").path("shed").asLong(), parts::toString);
        assertEquals(0, only(parts, "with_offender").path("shed").asLong(), parts::toString);
        assertTrue(only(parts, "offender").path("shed").asLong() > 0, parts::toString);
        assertEquals(
                counted(only(parts, "without_offender")),
                counted(only(parts, "with_offender")),
                "the same load on both");
        assertTrue(only(parts, "quota").path("p99_ratio").isNumber(), parts::toString);
    }

    /** What a short run says, by part. */
    private Map<String, List<JsonNode>> run(TinyFunnel funnel, int seconds, Object... mode) throws Exception {
        Stream<Object> usual = Stream.of(
                "bench",
                "serve",
                "--bundles",
                funnel.bundles(),
                "--rate",
                10,
                "--seconds",
                seconds,
                "--warm-up",
                1,
                "--slate",
                5,
                "--deadline",
                20_000,
                "--json");
        Object[] words = Stream.concat(usual, Stream.of(mode)).toArray();
        try (FunnelProcess bench = FunnelProcess.start(folder, words)) {
            int code = bench.await(PATIENCE_SECONDS);
            late = bench.err().contains(LATE);
            assertTrue(code == 0 || late, bench.err());
            return parts(bench.out());
        }
    }

    private static Map<String, List<JsonNode>> parts(String out) throws Exception {
        Map<String, List<JsonNode>> parts = new LinkedHashMap<>();
        for (String line : out.lines().toList()) {
            JsonNode object = new ObjectMapper().readTree(line);
            assertEquals("serve", object.path("bench").asText(), line);
            parts.computeIfAbsent(object.path("part").asText(), part -> new ArrayList<>())
                    .add(object);
        }
        return parts;
    }

    private static JsonNode only(Map<String, List<JsonNode>> parts, String part) {
        List<JsonNode> found = parts.getOrDefault(part, List.of());
        assertEquals(1, found.size(), () -> part + " in " + parts);
        return found.getFirst();
    }

    private static double sum(JsonNode numbers) {
        double sum = 0;
        for (JsonNode number : numbers) {
            sum += number.asDouble();
        }
        return sum;
    }

    /** Requests, whatever became of them. */
    private static long counted(JsonNode part) {
        return Stream.of("ok", "degraded", "shed", "failed")
                .mapToLong(ending -> part.path(ending).asLong())
                .sum();
    }
}
