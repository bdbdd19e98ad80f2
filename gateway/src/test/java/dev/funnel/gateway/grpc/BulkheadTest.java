package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.gateway.GatewayConfiguration;
import dev.funnel.proto.common.v1.Degradation;
import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.proto.common.v1.Stage;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.runtime.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bounds on calls of a stage or generator that are under way: one more is a degradation at once. */
class BulkheadTest {
    @TempDir
    Path folder;

    private static <T> CompletableFuture<T> aside(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call, task -> Thread.ofVirtual().start(task));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Degradation onlyLoss(RecommendResponse slate) {
        assertEquals(1, slate.getDegradationsCount(), slate::toString);
        Degradation loss = slate.getDegradations(0);
        assertEquals(DegradationKind.DEGRADATION_KIND_SHED, loss.getKind());
        return loss;
    }

    @Test
    void a_stage_with_as_many_calls_as_its_bound_is_done_without_at_once() throws Exception {
        try (RunningGateway gateway =
                RunningGateway.serving(folder, Map.of("STAGES_RANKING_MAX_CONCURRENT", "1"), "")) {
            CountDownLatch goOn = new CountDownLatch(1);
            gateway.stages.ranking.answers(request -> {
                await(goOn);
                return FakeStages.rank(request);
            });
            CompletableFuture<RecommendResponse> first = aside(() -> gateway.recommend(RunningGateway.home("user-00")));
            Await.until(
                    "the first is being ranked",
                    () -> !gateway.stages.ranking.requests().isEmpty());
            Degradation loss = onlyLoss(gateway.recommend(RunningGateway.home("user-01")));
            assertEquals(Stage.STAGE_RANKING, loss.getStage());
            assertTrue(loss.getCause().contains("1 calls of ranking are under way"), loss::getCause);
            assertEquals(1, gateway.stages.ranking.requests().size());
            goOn.countDown();
            assertEquals(0, first.get(20, TimeUnit.SECONDS).getDegradationsCount());
            assertEquals(0, gateway.recommend(RunningGateway.home("user-02")).getDegradationsCount());
        }
    }

    @Test
    void a_bound_of_a_generator_that_nobody_asks_is_refused_with_the_nearest_name() throws IOException {
        String sample = Files.readString(Path.of("../deploy/config/gateway.yaml"));
        String bounded = sample.replace(
                "candidate: {target: 127.0.0.1:7101",
                "candidate: {target: 127.0.0.1:7101, max_concurrent_by_generator: {covisti: 1}");
        InvalidConfiguration refused = assertThrows(
                InvalidConfiguration.class,
                () -> ConfigurationFile.parse(GatewayConfiguration.class, "gateway.yaml", bounded, Map.of()));
        assertTrue(String.valueOf(refused.getMessage()).contains("did you mean \"covisit\"?"), refused::toString);
    }
}
