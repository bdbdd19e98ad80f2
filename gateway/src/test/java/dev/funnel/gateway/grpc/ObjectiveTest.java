package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.proto.common.v1.Degradation;
import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.proto.common.v1.Stage;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline's objective on its way to the ranker, and what the ranker scored by on its way back. */
class ObjectiveTest {
    @TempDir
    private Path bundles;

    private RunningGateway gateway;

    @BeforeEach
    void start() {
        gateway = RunningGateway.serving(bundles, Map.of("PIPELINES_HOME_OBJECTIVE", "engagement"), "");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void the_ranker_is_asked_for_the_pipelines_objective_and_the_slate_is_explained_by_it() {
        gateway.stages.ranking.answersChanged(
                answer -> answer.toBuilder().setObjective("engagement").build());
        RecommendResponse slate =
                gateway.recommend(RunningGateway.home("user-00").setExplain(true));
        assertEquals("engagement", gateway.stages.ranking.lastRequest().getObjective());
        assertTrue(components(slate).contains("engagement"), () -> components(slate) + " of " + slate);
        assertEquals(0, slate.getDegradationsCount());
    }

    @Test
    void an_objective_that_gave_way_is_told_to_the_caller_and_the_slate_is_explained_by_what_stood_in() {
        gateway.stages.ranking.answersChanged(answer -> answer.toBuilder()
                .setObjective("watch_time")
                .addDegradations(Degradation.newBuilder()
                        .setStage(Stage.STAGE_RANKING)
                        .setKind(DegradationKind.DEGRADATION_KIND_FAILED)
                        .setComponent("engagement")
                        .setServedInstead("objective watch_time"))
                .build());
        RecommendResponse slate =
                gateway.recommend(RunningGateway.home("user-00").setExplain(true));
        assertTrue(components(slate).contains("watch_time"), () -> components(slate) + " of " + slate);
        assertEquals("objective watch_time", slate.getDegradations(0).getServedInstead());
    }

    private static List<String> components(RecommendResponse slate) {
        return slate.getItems(0).getReasonsList().stream()
                .map(reason -> reason.getComponent())
                .toList();
    }
}
