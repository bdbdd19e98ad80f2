package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.runtime.testing.Await;
import dev.funnel.runtime.testing.TraceCollector.Sent;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A request is one trace, through all processes, in whatever trace its caller is. */
@ExtendWith(TinyFunnelExtension.class)
class TraceTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e47";
    private static final int ATTEMPTS = 50;
    private static final String CALLER = "00f067aa0ba902b7";
    private static final Metadata.Key<String> HEADER = Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

    @Test
    void a_request_is_one_trace_of_gateway_and_stages(TinyFunnel funnel) {
        String trace = tracedAndComplete(funnel);
        Await.until("the spans of all processes", () -> spans(funnel, trace).size() >= 7);

        Map<String, Sent> byName = spans(funnel, trace).stream()
                .collect(Collectors.toMap(each -> each.service() + " " + each.name(), each -> each));
        Sent gateway = span(byName, "gateway funnel.gateway.v1.RecommendationService/Recommend");
        assertEquals(CALLER, gateway.parentId());
        assertTrue(gateway.count("funnel.items_out") > 0);
        stage(byName, gateway, "candidates", "candidate-service funnel.candidate.v1.CandidateService/Retrieve");
        stage(byName, gateway, "ranking", "ranking-service funnel.ranking.v1.RankingService/Rank");
        stage(byName, gateway, "reranking", "reranker-service funnel.reranker.v1.RerankerService/Rerank");
    }

    private static void stage(Map<String, Sent> byName, Sent gateway, String stage, String inside) {
        Sent waited = span(byName, "gateway " + stage);
        assertEquals(gateway.id(), waited.parentId());
        assertTrue(waited.count("funnel.items_out") > 0, stage);
        assertEquals(waited.id(), span(byName, inside).parentId());
    }

    /** Asks, each time in another trace, until no stage was lost; gives back that trace. */
    private static String tracedAndComplete(TinyFunnel funnel) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String trace = TRACE + "%02x".formatted(attempt);
            Metadata sampled = new Metadata();
            sampled.put(HEADER, "00-" + trace + "-" + CALLER + "-01");
            RecommendResponse slate = funnel.gateway()
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(sampled))
                    .recommend(funnel.request(
                                    query -> query.setUserId(funnel.world().userId(3)))
                            .build());
            if (slate.getDegradationsCount() == 0) {
                return trace;
            }
        }
        throw new AssertionError("each of " + ATTEMPTS + " slates was degraded");
    }

    private static List<Sent> spans(TinyFunnel funnel, String trace) {
        return funnel.collector().spans(trace);
    }

    private static Sent span(Map<String, Sent> byName, String name) {
        Sent span = byName.get(name);
        if (span == null) {
            throw new AssertionError("no " + name + " among " + byName.keySet());
        }
        return span;
    }
}
