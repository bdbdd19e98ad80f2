package dev.funnel.runtime.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.netflix.concurrency.limits.limit.FixedLimit;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.error.Overloaded;
import dev.funnel.runtime.telemetry.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final AdmissionMetrics UNSEEN = new AdmissionMetrics(Metrics.off());

    private static AdmissionSettings settings(String yaml) {
        return ConfigurationFile.parse(AdmissionSettings.class, "test", yaml, Map.of());
    }

    private static Gate gate(int limit) {
        return new Gate(settings("{adaptive: off, max: " + limit + "}"), Ticker.SYSTEM, UNSEEN);
    }

    private static List<Gate.Place> fill(Gate gate, Priority priority, int calls) {
        List<Gate.Place> places = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            places.add(gate.enter(priority));
        }
        return places;
    }

    @Test
    void each_priority_may_fill_its_share_of_the_limit() {
        Gate gate = gate(10);
        fill(gate, Priority.BATCH, 5);
        Overloaded batch = assertThrows(Overloaded.class, () -> gate.enter(Priority.BATCH));
        fill(gate, Priority.PREFETCH, 3);
        assertThrows(Overloaded.class, () -> gate.enter(Priority.PREFETCH));
        fill(gate, Priority.INTERACTIVE, 2);
        Overloaded interactive = assertThrows(Overloaded.class, () -> gate.enter(Priority.INTERACTIVE));
        assertEquals(10, gate.inFlight());
        assertTrue(batch.retryAfter().compareTo(interactive.retryAfter()) > 0);
    }

    @Test
    void a_limit_of_one_lets_one_of_any_priority_in() {
        for (Priority priority : Priority.values()) {
            Gate gate = gate(1);
            gate.enter(priority);
            assertThrows(Overloaded.class, () -> gate.enter(Priority.INTERACTIVE));
        }
    }

    @Test
    void a_place_is_given_back_once_whichever_way_the_call_ends() {
        Gate gate = gate(2);
        List<Gate.Place> places = fill(gate, Priority.INTERACTIVE, 2);
        places.getFirst().leaveMeasured();
        places.getFirst().leave();
        places.getFirst().leaveMeasured();
        assertEquals(1, gate.inFlight());
        places.getLast().leave();
        assertEquals(0, gate.inFlight());
    }

    @Test
    void the_limit_is_never_below_its_bound() {
        Gate gate = new Gate(settings("{min: 8}"), FixedLimit.of(3), Ticker.SYSTEM, UNSEEN);
        assertEquals(8, gate.limit());
    }

    @Test
    void bounds_that_contradict_each_other_are_refused() {
        assertRefused("{min: 50}", "initial: 32 must be between 50 and 1024");
        assertRefused("{max: 16}", "initial: 32 must be between 8 and 16");
        assertRefused("{shares: {prefetch: 0.4}}", "batch: 0.5 must be between 0.01 and 0.4");
        assertRefused("{maxx: 16}", "unknown key \"maxx\"; did you mean \"max\"?");
    }

    private static void assertRefused(String yaml, String rule) {
        String message = String.valueOf(
                assertThrows(InvalidConfiguration.class, () -> settings(yaml)).getMessage());
        assertTrue(message.contains(rule), message);
    }
}
