package dev.funnel.ranking.rank;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.runtime.telemetry.Metrics;
import dev.funnel.runtime.telemetry.MetricsSettings;
import dev.funnel.runtime.wire.Degradation;
import dev.funnel.runtime.wire.DegradationKind;
import dev.funnel.runtime.wire.Stage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankMetricsTest {
    @Test
    void pools_are_counted_by_what_was_the_score_with_candidates_and_times() throws Exception {
        try (Metrics metrics = Metrics.open(new MetricsSettings("127.0.0.1", 0), "ranking")) {
            RankMetrics counted = new RankMetrics(metrics);
            counted.count(new ObjectiveScores("click", new float[30], List.of()), 4, 1_000_000, 3_000_000);
            Degradation loss = new Degradation(
                    Stage.RANKING, DegradationKind.FAILED, "engagement", "not finite", "objective click");
            counted.count(new ObjectiveScores("click", new float[20], List.of(loss)), 1, 1_000_000, 3_000_000);
            List<String> lines = page(metrics).lines().toList();
            for (String line : List.of(
                    "funnel_ranking_pools_total{objective=\"click\"} 2.0",
                    "funnel_ranking_objective_replaced_total{objective=\"engagement\"} 1.0",
                    "funnel_ranking_candidates_total 50.0",
                    "funnel_ranking_unknown_items_total 5.0",
                    "funnel_ranking_part_duration_seconds_sum{part=\"read\"} 0.002",
                    "funnel_ranking_part_duration_seconds_sum{part=\"score\"} 0.006")) {
                assertTrue(lines.contains(line), () -> line + " in\n" + String.join("\n", lines));
            }
        }
    }

    private static String page(Metrics metrics) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + metrics.port().orElseThrow() + "/metrics");
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
