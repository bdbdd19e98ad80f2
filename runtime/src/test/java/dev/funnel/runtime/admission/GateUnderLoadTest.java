package dev.funnel.runtime.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.VegasLimit;
import dev.funnel.runtime.admission.SimulatedServer.Seen;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What callers see of the gate in calm and under overload, in simulated time; and of the limits it could have had. */
class GateUnderLoadTest {
    private static final AdmissionSettings SETTINGS =
            new AdmissionSettings(true, 1024, 32, 8, new AdmissionSettings.Shares(0.8, 0.5));
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final long SEED = 7;

    private static SimulatedServer server() {
        System.out.println("seed " + SEED);
        return server(ours());
    }

    private static SimulatedServer server(Limit limit) {
        return new SimulatedServer(SETTINGS, limit, SEED);
    }

    private static Limit ours() {
        return Gate.adaptive(SETTINGS, 2);
    }

    @Test
    void in_calm_nearly_nobody_is_shed() {
        Seen seen = server().load(0.7, LONG);
        assertTrue(seen.shedShare() < 0.01, () -> "shed " + seen.shedShare());
    }

    @Test
    void three_times_too_many_callers_leave_the_work_done_as_it_was() {
        SimulatedServer server = server();
        server.load(0.5, SHORT);
        server.load(3, SHORT);
        Seen seen = server.load(3, LONG);
        assertTrue(seen.good() > 0.95, () -> "good " + seen.good());
        assertTrue(seen.percentileMillis(99) < 200, () -> "p99 " + seen.percentileMillis(99));
    }

    @Test
    void a_process_that_never_knew_calm_is_no_worse() {
        SimulatedServer server = server();
        server.load(3, SHORT);
        Seen seen = server.load(3, LONG);
        assertTrue(seen.good() > 0.95, () -> "good " + seen.good());
    }

    @Test
    void after_overload_calm_is_as_before() {
        SimulatedServer server = server();
        server.load(3, LONG);
        server.load(0.5, SHORT);
        Seen seen = server.load(0.7, LONG);
        assertTrue(seen.shedShare() < 0.01, () -> "shed " + seen.shedShare());
    }

    @Test
    void batch_is_shed_before_prefetch_and_prefetch_before_interactive_calls() {
        Map<Priority, Seen> seen =
                server().load(Map.of(Priority.INTERACTIVE, 0.6, Priority.PREFETCH, 0.6, Priority.BATCH, 0.6), LONG);
        double interactive =
                Objects.requireNonNull(seen.get(Priority.INTERACTIVE)).shedShare();
        double prefetch = Objects.requireNonNull(seen.get(Priority.PREFETCH)).shedShare();
        double batch = Objects.requireNonNull(seen.get(Priority.BATCH)).shedShare();
        assertTrue(interactive < 0.05, () -> "interactive " + interactive);
        assertTrue(interactive < prefetch && prefetch < batch, () -> prefetch + " " + batch);
        assertTrue(batch > 0.9, () -> "batch " + batch);
    }

    /** The figures of decision 0024. */
    @Test
    void other_limits_lose_the_work_or_the_latency() {
        Map<String, Supplier<Limit>> limits = new LinkedHashMap<>();
        limits.put("none (1024)", () -> FixedLimit.of(1024));
        limits.put("fixed 64", () -> FixedLimit.of(64));
        limits.put(
                "Gradient2",
                () -> Gate.windowed(Gradient2Limit.newBuilder()
                        .initialLimit(32)
                        .minLimit(8)
                        .maxConcurrency(1024)
                        .build()));
        limits.put(
                "Vegas as it comes",
                () -> Gate.windowed(VegasLimit.newBuilder()
                        .initialLimit(32)
                        .maxConcurrency(1024)
                        .build()));
        limits.put("ours", GateUnderLoadTest::ours);
        Map<String, Seen> overloaded = new LinkedHashMap<>();
        limits.forEach((name, limit) -> overloaded.put(name, compared(name, limit.get())));
        assertTrue(good(overloaded, "none (1024)") < 0.2);
        assertTrue(good(overloaded, "Gradient2") < 0.8);
        assertTrue(good(overloaded, "ours") > 0.95);
        assertEquals(limits.size(), overloaded.size());
    }

    private static Seen compared(String name, Limit limit) {
        SimulatedServer server = server(limit);
        Seen calm = server.load(0.9, SHORT);
        server.load(3, SHORT);
        Seen overload = server.load(3, LONG);
        server.load(0.5, SHORT);
        Seen after = server.load(0.9, LONG);
        System.out.printf(
                Locale.ROOT,
                "%-18s 0.9x: shed %4.1f %%; 3x for 5 min: done %3.0f %%, p50 %3d ms, p99 %3d ms, limit %3d; 0.9x again: shed %4.1f %%%n",
                name,
                100 * calm.shedShare(),
                100 * overload.good(),
                overload.percentileMillis(50),
                overload.percentileMillis(99),
                overload.limit(),
                100 * after.shedShare());
        return overload;
    }

    private static double good(Map<String, Seen> seen, String name) {
        return Objects.requireNonNull(seen.get(name)).good();
    }
}
