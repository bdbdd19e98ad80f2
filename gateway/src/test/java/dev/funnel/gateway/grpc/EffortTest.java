package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.proto.common.v1.Degradation;
import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.proto.common.v1.Stage;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.Rung;
import dev.funnel.runtime.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over real sockets: a ranking stage that becomes slow lowers the effort, and one that is fast again lets it rise. */
class EffortTest {
    private static final String PIPELINE = """
          steady:
            deadline: 600ms
            deadline_cap: 25s
            reserve: 20ms
            effort: {period: 100ms, floor: 0.3}
        """;

    @Test
    void effort_falls_while_ranking_is_slow_is_said_in_the_answer_and_recovers_by_itself(@TempDir Path folder) {
        try (RunningGateway gateway = RunningGateway.serving(folder, Map.of(), PIPELINE)) {
            gateway.stages.ranking.slow(rank -> Duration.ofMillis(350).toNanos());
            RecommendResponse slate = less(gateway);
            assertEquals(20, slate.getItemsCount());
            List<Degradation> losses = slate.getDegradationsList();
            assertEquals(1, losses.size(), slate::toString);
            assertEquals(
                    DegradationKind.DEGRADATION_KIND_REDUCED_EFFORT,
                    losses.getFirst().getKind());
            assertEquals(Stage.STAGE_GATEWAY, losses.getFirst().getStage());
            float asked = gateway.stages.candidates.lastRequest().getEffort();
            assertTrue(asked >= .3f && asked < 1, "candidate generation is asked for less: " + asked);
            assertEquals(asked, gateway.stages.reranker.lastRequest().getEffort(), "so is re-ranking");
            gateway.stages.ranking.honest();
            Await.until("effort recovers", () -> recommend(gateway).getRung() == Rung.RUNG_FULL);
            assertEquals(1, gateway.stages.candidates.lastRequest().getEffort());
        }
    }

    /** The first slate of less effort that has lost nothing else: on a busy machine a stage may be late as well. */
    private static RecommendResponse less(RunningGateway gateway) {
        List<RecommendResponse> slates = new ArrayList<>();
        Await.until("effort falls", () -> {
            RecommendResponse slate = recommend(gateway);
            slates.add(slate);
            return slate.getRung() == Rung.RUNG_LESS_EFFORT && slate.getDegradationsCount() == 1;
        });
        return slates.getLast();
    }

    private static RecommendResponse recommend(RunningGateway gateway) {
        return gateway.service(Duration.ofMillis(600))
                .recommend(RunningGateway.home("user-02").setPipeline("steady").build());
    }
}
