package dev.funnel.runtime.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.runtime.error.Overloaded;
import dev.funnel.runtime.telemetry.Metrics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientsTest {
    private static final ClientSettings TEN_A_SECOND = new ClientSettings(10, 3, Priority.PREFETCH);
    private static final Set<String> KNOWN = Set.of("web", "app", "nightly");

    private long now = -1_000; // the zero of a ticker means nothing

    private Clients clients(Map<String, ClientSettings> settings) {
        return new Clients(settings, KNOWN, () -> now, new AdmissionMetrics(Metrics.off()));
    }

    private static void take(Clients clients, String client, int calls) {
        for (int i = 0; i < calls; i++) {
            clients.take(Optional.of(client), Priority.INTERACTIVE);
        }
    }

    private static Overloaded refused(Clients clients, Optional<String> client) {
        Overloaded refused = assertThrows(Overloaded.class, () -> clients.take(client, Priority.INTERACTIVE));
        assertEquals("QUOTA_EXCEEDED", refused.reason());
        return refused;
    }

    @Test
    void a_client_has_its_burst_then_its_rate_and_is_told_when_the_next_call_is_due() {
        Clients clients = clients(Map.of("web", TEN_A_SECOND));
        take(clients, "web", 3);
        assertEquals(
                Duration.ofMillis(100), refused(clients, Optional.of("web")).retryAfter());
        now += Duration.ofMillis(40).toNanos();
        assertEquals(Duration.ofMillis(60), refused(clients, Optional.of("web")).retryAfter());
        now += Duration.ofMillis(60).toNanos();
        take(clients, "web", 1);
        refused(clients, Optional.of("web"));
        now += Duration.ofHours(1).toNanos();
        take(clients, "web", 3);
        refused(clients, Optional.of("web"));
    }

    @Test
    void one_client_over_its_quota_takes_nothing_from_another() {
        Clients clients = clients(Map.of("*", TEN_A_SECOND));
        take(clients, "web", 3);
        refused(clients, Optional.of("web"));
        take(clients, "app", 3);
        refused(clients, Optional.of("app"));
    }

    @Test
    void callers_without_an_id_share_the_quota_of_anyone() {
        Clients clients =
                new Clients(Map.of("*", TEN_A_SECOND), Set.of(), () -> now, new AdmissionMetrics(Metrics.off()));
        for (int i = 0; i < 3; i++) {
            clients.take(Optional.empty(), Priority.INTERACTIVE);
        }
        refused(clients, Optional.empty());
    }

    @Test
    void clients_without_settings_ask_what_they_like() {
        Clients clients = clients(Map.of("web", TEN_A_SECOND));
        take(clients, "app", 1_000);
        assertEquals(Priority.INTERACTIVE, clients.highest(Optional.of("app")));
        assertEquals(Priority.PREFETCH, clients.highest(Optional.of("web")));
    }

    @Test
    void a_client_that_nobody_can_be_is_refused_with_the_nearest_name() {
        InvalidConfiguration refused =
                assertThrows(InvalidConfiguration.class, () -> clients(Map.of("nigthly", TEN_A_SECOND)));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.startsWith("server.clients.nigthly: "), message);
        assertTrue(message.endsWith("did you mean \"nightly\"?"), message);
    }
}
