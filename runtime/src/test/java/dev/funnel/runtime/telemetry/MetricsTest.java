package dev.funnel.runtime.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.runtime.grpc.ChannelSettings;
import dev.funnel.runtime.grpc.Channels;
import dev.funnel.runtime.grpc.ServiceHost;
import dev.funnel.runtime.grpc.StartFailure;
import dev.funnel.runtime.testing.WireServer;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads the page over HTTP, as Prometheus does. */
@Timeout(60)
class MetricsTest {
    private static final MetricsSettings ANY_PORT = new MetricsSettings("127.0.0.1", 0);

    private final Metrics metrics = Metrics.open(ANY_PORT, "test-service");
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        metrics.close();
        http.close();
    }

    private String page() throws IOException, InterruptedException {
        URI page = URI.create("http://127.0.0.1:" + metrics.port().orElseThrow() + "/metrics");
        return http.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private void assertLine(String line) throws IOException, InterruptedException {
        String page = page();
        assertTrue(page.lines().anyMatch(line::equals), "no line " + line + " in\n" + page);
    }

    @Test
    void a_counter_stands_on_the_page_with_its_labels_and_the_service_it_is_of() throws Exception {
        Labelled<Counter> searches =
                metrics.counter("funnel.test.searches", "{search}", "Searches.", "generator", "outcome");
        Counter hits = searches.of("als", "hit");
        hits.add(2);
        hits.add(1);
        searches.of("als", "miss").add(5);
        assertLine("funnel_test_searches_total{generator=\"als\",outcome=\"hit\"} 3.0");
        assertLine("funnel_test_searches_total{generator=\"als\",outcome=\"miss\"} 5.0");
        assertLine("target_info{service_name=\"test-service\"} 1");
    }

    @Test
    void a_histogram_has_the_buckets_it_was_given_and_a_gauge_its_last_value() throws Exception {
        Histogram histogram = metrics.histogram("funnel.test.recall", "1", "Recall.", new double[] {0.5, 0.9})
                .of();
        histogram.record(0.4);
        histogram.record(0.7);
        Gauge gauge = metrics.gauge("funnel.test.depth", "{entry}", "Depth.").of();
        gauge.set(7);
        gauge.set(4);
        assertLine("funnel_test_recall_bucket{le=\"0.5\"} 1");
        assertLine("funnel_test_recall_bucket{le=\"0.9\"} 2");
        assertLine("funnel_test_recall_bucket{le=\"+Inf\"} 2");
        assertLine("funnel_test_depth 4.0");
    }

    @Test
    void labels_that_grow_without_end_are_counted_together() throws Exception {
        Labelled<Counter> asks = metrics.counter("funnel.test.asks", "{ask}", "Asks.", "who");
        for (int i = 0; i < 3 * Metrics.MOST_SERIES; i++) {
            asks.of("user-" + i).add(1);
        }
        String page = page();
        long series = page.lines()
                .filter(line -> line.startsWith("funnel_test_asks_total{"))
                .count();
        assertEquals(Metrics.MOST_SERIES, series);
        assertTrue(page.contains("otel_metric_overflow=\"true\""), page);
    }

    @Test
    void as_many_values_as_labels_are_needed() {
        Labelled<Counter> searches = metrics.counter("funnel.test.searches", "{search}", "Searches.", "generator");
        assertThrows(IllegalArgumentException.class, searches::of);
    }

    @Test
    void grpc_shows_its_standard_metrics_of_both_sides() throws Exception {
        var service = new CandidateServiceGrpc.CandidateServiceImplBase() {
            @Override
            public void retrieve(RetrieveRequest request, StreamObserver<RetrieveResponse> answer) {
                answer.onNext(RetrieveResponse.getDefaultInstance());
                answer.onCompleted();
            }
        };
        try (ServiceHost host = ServiceHost.builder(WireServer.settings("drain: 1s"))
                        .metrics(metrics)
                        .service(service)
                        .start();
                Channels channels = new Channels(metrics)) {
            host.ready(true);
            CandidateServiceGrpc.newBlockingStub(
                            channels.open(ChannelSettings.of(host.address()), CandidateServiceGrpc.SERVICE_NAME))
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .retrieve(RetrieveRequest.getDefaultInstance());
        }
        String method = "grpc_method=\"funnel.candidate.v1.CandidateService/Retrieve\"";
        String page = page();
        for (String side : new String[] {"server", "client"}) {
            String metric = "grpc_" + side + "_call_duration_seconds_count";
            assertTrue(
                    page.lines().anyMatch(line -> line.startsWith(metric) && line.contains(method)),
                    "no " + metric + " in\n" + page);
        }
    }

    @Test
    void the_port_closes_with_the_metrics() {
        metrics.close();
        assertThrows(ConnectException.class, this::page);
    }

    @Test
    void a_taken_port_is_named_with_the_key_to_change() {
        MetricsSettings taken = new MetricsSettings("127.0.0.1", metrics.port().orElseThrow());
        StartFailure failure = assertThrows(StartFailure.class, () -> Metrics.open(taken, "second"));
        assertTrue(failure.toString().contains("metrics.port (FUNNEL_METRICS_PORT)"), failure.toString());
    }

    @Test
    void without_settings_nothing_listens_and_everything_may_still_be_called() {
        try (Metrics off = Metrics.open(null, "test-service")) {
            assertFalse(off.port().isPresent());
            off.counter("funnel.test.asks", "{ask}", "Asks.", "who").of("me").add(1);
        }
    }
}
