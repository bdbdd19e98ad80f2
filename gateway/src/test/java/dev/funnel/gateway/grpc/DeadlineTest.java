package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.ListenableFuture;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.RecommendationServiceGrpc;
import dev.funnel.proto.gateway.v1.Rung;
import dev.funnel.runtime.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the caller's deadline on its way through the gateway. */
class DeadlineTest {
    @TempDir
    static Path folder;

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        String pipelines = """
              grouped:
                generators:
                  - {name: als, group: one}
                  - {name: covisit, group: two}
                deadline_cap: 25s
              reserved: {deadline: 9s, deadline_cap: 25s, reserve: 8s}
            """;
        gateway = RunningGateway.serving(folder, Map.of(), pipelines);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void honest() {
        gateway.stages.honest();
        gateway.stages.candidates.forgetRequests();
    }

    @Test
    void a_caller_that_hangs_up_ends_the_calls_of_every_group_of_generators() {
        gateway.stages.candidates.silent();
        int before = gateway.stages.candidates.cancelled();
        ListenableFuture<RecommendResponse> call = RecommendationServiceGrpc.newFutureStub(gateway.channel())
                .withDeadlineAfter(25, TimeUnit.SECONDS)
                .recommend(request("grouped"));
        Await.until(
                "both groups are asked",
                () -> gateway.stages.candidates.requests().size() == 2);
        call.cancel(true);
        Await.until("both calls are cancelled", () -> gateway.stages.candidates.cancelled() == before + 2);
    }

    @Test
    void a_caller_that_hangs_up_ends_the_call_of_the_stage_at_work() {
        gateway.stages.ranking.silent();
        gateway.stages.ranking.forgetRequests();
        int before = gateway.stages.ranking.cancelled();
        ListenableFuture<RecommendResponse> call = RecommendationServiceGrpc.newFutureStub(gateway.channel())
                .withDeadlineAfter(25, TimeUnit.SECONDS)
                .recommend(request("home"));
        Await.until("ranking is asked", () -> gateway.stages.ranking.requests().size() == 1);
        call.cancel(true);
        Await.until("its call is cancelled", () -> gateway.stages.ranking.cancelled() == before + 1);
    }

    @Test
    void a_deadline_within_the_reserve_asks_no_stage_and_serves_what_is_kept_at_hand() {
        RecommendResponse slate = gateway.service(Duration.ofSeconds(7)).recommend(request("reserved"));
        assertEquals(20, slate.getItemsCount());
        assertTrue(slate.getRung() == Rung.RUNG_POPULAR || slate.getRung() == Rung.RUNG_LAST_GOOD, slate::toString);
        assertEquals(List.of(), gateway.stages.candidates.requests());
    }

    @Test
    void stages_work_to_what_is_left_minus_the_reserve() {
        gateway.service(Duration.ofSeconds(18)).recommend(request("reserved"));
        Duration candidates = gateway.stages.candidates.lastBudget();
        assertTrue(candidates.compareTo(Duration.ofSeconds(4)) <= 0, candidates::toString);
        Duration reranking = gateway.stages.reranker.lastBudget();
        assertTrue(reranking.compareTo(Duration.ofSeconds(10)) <= 0, reranking::toString);
    }

    private static RecommendRequest request(String pipeline) {
        return RunningGateway.home("user-03").setPipeline(pipeline).build();
    }
}
