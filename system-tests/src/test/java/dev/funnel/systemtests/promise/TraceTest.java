package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.runtime.testing.TraceCollector.Sent;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A request is one trace, through all processes, in whatever trace its caller is. */
@ExtendWith(TinyFunnelExtension.class)
class TraceTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e47";
    private static final int ATTEMPTS = 50;
    private static final int SPANS = 7;
    private static final Duration WAIT = Duration.ofSeconds(4);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final String CALLER = "00f067aa0ba902b7";
    private static final Metadata.Key<String> HEADER = Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

    @Test
    void a_request_is_one_trace_of_gateway_and_stages(TinyFunnel funnel) {
        String trace = seenByAll(funnel);
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

    /**
     * Asks until all processes have sent their spans of a request that lost no stage; gives back its trace. Spans may be lost where
     * processors are short: whoever sends them does not wait for long.
     */
    private static String seenByAll(TinyFunnel funnel) {
        List<String> complete = new ArrayList<>();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String trace = TRACE + "%02x".formatted(attempt);
            if (ask(funnel, trace).getDegradationsCount() == 0) {
                complete.add(trace);
            }
            long end = System.nanoTime() + WAIT.toNanos();
            while (System.nanoTime() < end) {
                Optional<String> seen = complete.stream()
                        .filter(each -> spans(funnel, each).size() >= SPANS)
                        .findFirst();
                if (seen.isPresent()) {
                    return seen.get();
                }
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        }
        throw new AssertionError(
                "none of " + ATTEMPTS + " requests has all its spans; without degradation were " + complete);
    }

    private static RecommendResponse ask(TinyFunnel funnel, String trace) {
        Metadata sampled = new Metadata();
        sampled.put(HEADER, "00-" + trace + "-" + CALLER + "-01");
        return funnel.gateway()
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(sampled))
                .recommend(
                        funnel.request(query -> query.setUserId(funnel.world().userId(3)))
                                .build());
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
