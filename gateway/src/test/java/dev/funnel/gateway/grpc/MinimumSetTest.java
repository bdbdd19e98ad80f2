package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.proto.common.v1.Degradation;
import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.Rung;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline whose generator als is enough; covisit is asked in a call of its own, over a real socket. */
class MinimumSetTest {
    private static final String PIPELINE =
            "  quick: {generators: [{name: als}, {name: covisit, group: own}], deadline_cap: 25s,"
                    + " minimum: {generators: [als], grace: 1ms}, effort: {floor: 1}}\n";

    @TempDir
    static Path folder;

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.serving(folder, Map.of(), PIPELINE);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void recover() {
        gateway.recover();
    }

    private static RecommendRequest.Builder quick() {
        return RunningGateway.home("user-00").setPipeline("quick").setPageSize(2);
    }

    private static boolean asks(RetrieveRequest request, String generator) {
        return request.getGeneratorsList().stream()
                .anyMatch(asked -> asked.getName().equals(generator));
    }

    private static RetrieveResponse nominating(RetrieveRequest request) {
        return FakeStages.nominating(request, List.of(asks(request, "als") ? "item-20" : "item-40"));
    }

    @Test
    void once_the_minimum_has_answered_the_slate_is_served_while_the_others_are_still_at_work() throws Exception {
        CountDownLatch served = new CountDownLatch(1);
        gateway.stages.candidates.answers(request -> {
            if (asks(request, "covisit")) {
                await(served);
            }
            return nominating(request);
        });
        try {
            RecommendResponse slate = gateway.recommend(quick());
            assertEquals("item-20", RunningGateway.ids(slate).getFirst());
            assertFalse(slate.getItems(1).getSourcesList().contains("covisit"), slate::toString);
            assertEquals(Rung.RUNG_LESS_EFFORT, slate.getRung());
            Degradation loss = slate.getDegradations(0);
            assertEquals("covisit", loss.getComponent());
            assertEquals(DegradationKind.DEGRADATION_KIND_LATE, loss.getKind());
            assertEquals("no answer within 1 ms of the minimum set", loss.getCause());
        } finally {
            served.countDown();
        }
    }

    @Test
    void until_the_minimum_has_answered_it_is_waited_for_whoever_else_has() {
        CountDownLatch other = new CountDownLatch(1);
        gateway.stages.candidates.answers(request -> {
            if (asks(request, "als")) {
                await(other);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200)); // many times the grace
            } else {
                other.countDown();
            }
            return nominating(request);
        });
        RecommendResponse slate = gateway.recommend(quick());
        assertEquals(List.of("item-40", "item-20"), RunningGateway.ids(slate));
        assertEquals(List.of(), slate.getDegradationsList());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
