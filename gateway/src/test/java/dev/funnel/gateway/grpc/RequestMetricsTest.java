package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gateway's page of metrics shows after a few requests. */
class RequestMetricsTest {
    @Test
    void every_request_is_counted_by_rung_and_every_loss_by_stage_and_kind(@TempDir Path folder) throws Exception {
        int port = freePort();
        try (RunningGateway gateway =
                RunningGateway.serving(folder, Map.of("METRICS_PORT", String.valueOf(port)), "")) {
            gateway.recommend(RunningGateway.home("user-02"));
            gateway.stages.ranking.fails(Status.RESOURCE_EXHAUSTED);
            gateway.recommend(RunningGateway.home("user-02"));
            gateway.stages.candidates.fails(Status.UNAVAILABLE);
            gateway.recommend(RunningGateway.home("user-02"));
            gateway.recommend(RunningGateway.home("user-without-slate"));
            List<String> page = page(port);
            assertLine(page, "funnel_gateway_rung_total", "pipeline=\"home\"", "rung=\"full\"");
            assertLine(page, "funnel_gateway_rung_total", "rung=\"no-ranking\"", "} 1");
            assertLine(page, "funnel_gateway_rung_total", "rung=\"last-good\"", "} 1");
            assertLine(page, "funnel_gateway_rung_total", "rung=\"popular\"", "} 1");
            assertLine(page, "funnel_gateway_degradations_total", "kind=\"shed\"", "stage=\"ranking\"", "} 1");
            assertLine(page, "funnel_gateway_last_good_total", "result=\"hit\"", "} 1");
            assertLine(page, "funnel_gateway_last_good_total", "result=\"miss\"", "} 1");
            assertLine(page, "funnel_gateway_stage_items_total", "direction=\"out\"", "stage=\"candidates\"");
            assertLine(page, "funnel_gateway_stage_duration_seconds_count", "ending=\"shed\"", "stage=\"ranking\"");
        }
    }

    private static void assertLine(List<String> page, String name, String... parts) {
        assertTrue(
                page.stream()
                        .anyMatch(line -> line.startsWith(name + "{")
                                && List.of(parts).stream().allMatch(line::contains)),
                () -> name + " " + List.of(parts) + " is not in\n" + String.join("\n", page));
    }

    private static List<String> page(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .toList();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
