package dev.funnel.runtime.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.runtime.grpc.ChannelSettings;
import dev.funnel.runtime.grpc.Channels;
import dev.funnel.runtime.grpc.ServiceHost;
import dev.funnel.runtime.telemetry.TelemetrySettings.Traced;
import dev.funnel.runtime.testing.Await;
import dev.funnel.runtime.testing.TraceCollector;
import dev.funnel.runtime.testing.TraceCollector.Sent;
import dev.funnel.runtime.testing.WireServer;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two servers, one behind the other, and a collector, on real sockets. */
@Timeout(60)
class TracesTest {

    private final TraceCollector collector = new TraceCollector();

    TracesTest() throws IOException {}

    @AfterEach
    void close() {
        collector.close();
    }

    @Test
    void a_request_through_two_servers_is_one_trace() throws Exception {
        callThrough(1);
        Await.until("three spans", () -> collector.spans().size() == 3);
        Sent front = span("front", "funnel.candidate.v1.CandidateService/Retrieve");
        Sent stage = span("front", "stage");
        Sent back = span("back", "funnel.candidate.v1.CandidateService/Retrieve");
        assertEquals("", front.parentId());
        assertEquals(front.id(), stage.parentId());
        assertEquals(stage.id(), back.parentId());
        assertEquals(
                List.of(front.traceId()),
                collector.spans().stream().map(Sent::traceId).distinct().toList());
        assertEquals(7, stage.count("funnel.items_out"));
        assertEquals(0, back.count("rpc.grpc.status_code"));
    }

    @Test
    void what_is_not_sampled_is_not_sent() throws Exception {
        callThrough(0);
        callThrough(1);
        Await.until("the spans of the second", () -> collector.spans().size() >= 3);
        assertEquals(3, collector.spans().size());
    }

    @Test
    void a_collector_that_is_gone_costs_no_request() throws Exception {
        collector.close();
        callThrough(1);
        assertEquals(List.of(), collector.spans());
    }

    @Test
    void the_settings_are_checked() {
        assertTrue(parse("traces: {endpoint: 'http://collector:4317', sample: 0.5}")
                        .traces()
                != null);
        assertEquals(TelemetrySettings.OFF, parse("{}"));
        assertThrows(InvalidConfiguration.class, () -> parse("traces: {endpoint: 'collector:4317', sample: 0.5}"));
        assertThrows(InvalidConfiguration.class, () -> parse("traces: {endpoint: 'http://collector:4317', sample: 2}"));
    }

    private static TelemetrySettings parse(String yaml) {
        return ConfigurationFile.parse(TelemetrySettings.class, "test", yaml, Map.of());
    }

    private Sent span(String service, String name) {
        return collector.spans().stream()
                .filter(each -> each.service().equals(service) && each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " of " + service + " in " + collector.spans()));
    }

    private void callThrough(double sample) {
        TelemetrySettings settings = new TelemetrySettings(new Traced(collector.endpoint(), sample));
        try (Metrics behind = Metrics.open(null, settings, "back");
                Metrics before = Metrics.open(null, settings, "front");
                Channels channels = new Channels(before);
                Channels callers = new Channels();
                ServiceHost back = host(behind, RetrieveResponse::getDefaultInstance);
                ServiceHost front = host(
                        before,
                        () -> CallSpan.current().calling("stage", span -> {
                            span.count("items_out", 7);
                            return ask(channels.open(
                                    ChannelSettings.of(back.address()), CandidateServiceGrpc.SERVICE_NAME));
                        }))) {
            ask(callers.open(ChannelSettings.of(front.address()), CandidateServiceGrpc.SERVICE_NAME));
        }
    }

    private static RetrieveResponse ask(Channel channel) {
        return CandidateServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .retrieve(RetrieveRequest.getDefaultInstance());
    }

    private static ServiceHost host(Metrics metrics, Supplier<RetrieveResponse> answers) {
        ServiceHost host = ServiceHost.builder(WireServer.settings("drain: 1s"))
                .metrics(metrics)
                .service(new CandidateServiceGrpc.CandidateServiceImplBase() {
                    @Override
                    public void retrieve(RetrieveRequest request, StreamObserver<RetrieveResponse> answer) {
                        answer.onNext(answers.get());
                        answer.onCompleted();
                    }
                })
                .start();
        host.ready(true);
        return host;
    }
}
