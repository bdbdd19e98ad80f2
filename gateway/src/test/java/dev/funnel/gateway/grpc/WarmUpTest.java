package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.ranking.v1.RankRequest;
import dev.funnel.runtime.testing.Await;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that has just started runs its own questions through the stages before it is ready. */
class WarmUpTest {
    private static final int PIPELINES = 2;

    @TempDir
    Path folder;

    @Test
    void every_pipeline_is_run_through_stages_that_answer_before_the_gateway_is_ready() {
        BundleVersion version = RunningGateway.publish(folder, SmallBundle.SEED);
        Map<String, String> settings = Map.of("WARM_UP_LONGEST", "60s", "WARM_UP_ROUNDS", "3");
        try (RunningGateway gateway = new RunningGateway(folder, settings)) {
            gateway.stages.ranking.fails(Status.UNAVAILABLE);
            gateway.stages.hold(version);
            Await.until(
                    "ranking is asked and does not answer",
                    () -> gateway.stages.ranking.requests().size() > 2);
            gateway.stages.ranking.forgetRequests();
            assertTrue(gateway.awaitsBundle(), "it is not ready while a stage does not answer");
            gateway.stages.honest();
            Await.until("the gateway is ready", () -> !gateway.awaitsBundle());
            List<RankRequest> asked = gateway.stages.ranking.requests();
            assertTrue(asked.size() >= 3 * PIPELINES, () -> "only " + asked.size() + " questions were asked");
        }
    }

    @Test
    void stages_that_are_down_hold_it_up_for_a_bounded_time_only() {
        RunningGateway.publish(folder, SmallBundle.SEED);
        try (RunningGateway gateway = new RunningGateway(folder, Map.of("WARM_UP_LONGEST", "50ms"))) {
            gateway.stages.candidates.fails(Status.UNAVAILABLE);
            Await.until("the gateway is ready", () -> !gateway.awaitsBundle());
            assertEquals(20, gateway.recommend(RunningGateway.home("")).getItemsCount());
        }
    }
}
