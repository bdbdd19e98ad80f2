package dev.funnel.runtime.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.runtime.log.FollowerStatus;
import dev.funnel.runtime.telemetry.Metrics;
import dev.funnel.runtime.telemetry.MetricsSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemGaugesTest {
    @Test
    void the_page_shows_how_many_items_changed_and_how_far_behind_the_log_the_process_is() throws Exception {
        try (Metrics metrics = Metrics.open(new MetricsSettings("127.0.0.1", 0), "test-service");
                HttpClient http = HttpClient.newHttpClient()) {
            new ItemGauges(metrics).show(3, new FollowerStatus(40, 42, 0.5, 0.25, ""));
            URI page = URI.create("http://127.0.0.1:" + metrics.port().orElseThrow() + "/metrics");
            String text = http.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            assertTrue(
                    text.lines()
                            .toList()
                            .containsAll(List.of(
                                    "funnel_items_changed 3.0",
                                    "funnel_items_log_behind 2.0",
                                    "funnel_items_log_lag_seconds 0.5",
                                    "funnel_items_log_silence_seconds 0.25")),
                    text);
        }
    }
}
