package dev.funnel.ranking.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.inference.testing.SmallRanker;
import dev.funnel.proto.admin.v1.BundleServiceGrpc;
import dev.funnel.proto.admin.v1.BundleState;
import dev.funnel.proto.admin.v1.BundleStatus;
import dev.funnel.proto.admin.v1.ListBundlesRequest;
import dev.funnel.proto.common.v1.Degradation;
import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.proto.common.v1.Stage;
import dev.funnel.proto.ranking.v1.DescribeRankerRequest;
import dev.funnel.proto.ranking.v1.ObjectiveDescription;
import dev.funnel.proto.ranking.v1.RankRequest;
import dev.funnel.proto.ranking.v1.RankResponse;
import dev.funnel.runtime.config.InvalidConfiguration;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objectives of bundle and configuration, over a real socket. */
class ObjectivesTest {
    private static final String CONFIGURED = """

            objectives:
              engagement: "click * watch_time ^ 0.5"
              shared: "click"
              hopeless: "log(click - 1000)"
            """;

    @TempDir
    private static Path bundles;

    private static RunningRanker running;

    @BeforeAll
    static void start() throws Exception {
        SmallRanker.publish(bundles, Map.of("mixture", "watch_time + 3 * click", "shared", "watch_time"), "mixture");
        running = RunningRanker.configured(bundles, CONFIGURED).loaded();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static RankResponse rank(String objective) {
        return running.ranker().rank(request(objective).build());
    }

    private static RankRequest.Builder request(String objective) {
        return RunningRanker.everyItem()
                .setObjective(objective)
                .addHeads(SmallRanker.CLICK)
                .addHeads(SmallRanker.OBJECTIVE);
    }

    private static void assertScores(RankResponse response, DoubleBinaryOperator ofClickAndWatchTime) {
        assertEquals(SmallBundle.ITEMS, response.getScoresCount());
        for (int i = 0; i < response.getScoresCount(); i++) {
            double expected = ofClickAndWatchTime.applyAsDouble(
                    response.getHeads(0).getValues(i), response.getHeads(1).getValues(i));
            assertEquals((float) expected, response.getScores(i), "candidate " + i);
        }
    }

    @Test
    void a_formula_of_the_configuration_is_the_score() {
        RankResponse response = rank("engagement");
        assertEquals("engagement", response.getObjective());
        assertEquals(0, response.getDegradationsCount());
        assertScores(response, (click, watchTime) -> click * Math.pow(watchTime, 0.5));
    }

    @Test
    void a_formula_of_the_bundle_is_the_score_and_may_be_the_default() {
        assertScores(rank("mixture"), (click, watchTime) -> watchTime + 3 * click);
        RankResponse unasked = rank("");
        assertEquals("mixture", unasked.getObjective());
        assertEquals(rank("mixture").getScoresList(), unasked.getScoresList());
    }

    @Test
    void a_formula_of_the_configuration_stands_before_the_bundles_of_the_same_name() {
        assertScores(rank("shared"), (click, watchTime) -> click);
    }

    @Test
    void a_bundle_that_lacks_a_head_of_a_configured_formula_is_refused_naming_both(@TempDir Path other)
            throws Exception {
        assertBundleRefused(
                other, "likes: \"click + 2 * like\"", "objectives.likes", "\"like\"", "[watch_time, click]");
    }

    @Test
    void a_bundle_that_has_a_head_of_the_name_of_a_configured_formula_is_refused(@TempDir Path other) throws Exception {
        assertBundleRefused(other, "click: watch_time", "objectives.click", "its ranker has a head of that name");
    }

    private static void assertBundleRefused(Path bundles, String objective, String... reasons) throws Exception {
        SmallRanker.publish(bundles);
        try (RunningRanker refusing = RunningRanker.configured(bundles, "\nobjectives: {" + objective + "}\n")
                .loaded()) {
            BundleStatus status = BundleServiceGrpc.newBlockingStub(refusing.channel())
                    .withDeadlineAfter(10, TimeUnit.SECONDS)
                    .listBundles(ListBundlesRequest.getDefaultInstance())
                    .getBundles(0);
            assertEquals(BundleState.BUNDLE_STATE_REFUSED, status.getState());
            for (String reason : reasons) {
                assertTrue(status.getCause().contains(reason), status::getCause);
            }
        }
    }

    @Test
    void an_unknown_objective_is_refused_naming_heads_and_objectives() {
        StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, () -> rank("dwell"));
        assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("heads [watch_time, click]"), message);
        assertTrue(message.contains("objectives [engagement, hopeless, mixture, shared]"), message);
    }

    @Test
    void an_objective_that_is_not_finite_gives_way_to_the_default_for_the_whole_pool_and_says_so() {
        RankResponse response = rank("hopeless");
        assertEquals("mixture", response.getObjective());
        assertEquals(rank("mixture").getScoresList(), response.getScoresList());
        Degradation loss = response.getDegradations(0);
        assertEquals(Stage.STAGE_RANKING, loss.getStage());
        assertEquals(DegradationKind.DEGRADATION_KIND_FAILED, loss.getKind());
        assertEquals("hopeless", loss.getComponent());
        assertEquals("objective mixture", loss.getServedInstead());
        assertTrue(loss.getCause().contains("is NaN for candidate 0, where watch_time = "), loss.getCause());
    }

    @Test
    void a_bundle_whose_own_objective_is_not_finite_is_not_served(@TempDir Path other) throws Exception {
        SmallRanker.publish(other, Map.of("hopeless", "log(0 - click * click)"), SmallRanker.CLICK);
        try (RunningRanker refusing = new RunningRanker(other).loaded()) {
            StatusRuntimeException refused = assertThrows(
                    StatusRuntimeException.class,
                    () -> refusing.ranker().rank(RunningRanker.everyItem().build()));
            assertEquals(Status.Code.UNAVAILABLE, refused.getStatus().getCode());
        }
    }

    @Test
    void a_trace_names_the_objective() {
        RankResponse response = running.ranker()
                .rank(request("engagement").addTraceItemIds(SmallBundle.item(3)).build());
        assertEquals("engagement", response.getTraces(0).getComponent());
        assertTrue(
                response.getTraces(0).getDetail().startsWith("engagement "),
                response.getTraces(0).getDetail());
    }

    @Test
    void objectives_are_described_with_their_formulas() {
        List<ObjectiveDescription> described = running.ranker()
                .describeRanker(DescribeRankerRequest.getDefaultInstance())
                .getObjectivesList();
        assertEquals(
                List.of("engagement", "hopeless", "mixture", "shared"),
                described.stream().map(ObjectiveDescription::getName).toList());
        assertEquals("click * watch_time ^ 0.5", described.get(0).getFormula());
    }

    @Test
    void a_configuration_whose_formula_is_none_is_refused_naming_key_and_character(@TempDir Path other) {
        refused(other, "engagement: \"click * * 2\"", "objectives.engagement", "character 9");
        refused(other, "Engagement: click", "objectives", "\"Engagement\" must be");
    }

    private static void refused(Path bundles, String line, String... reasons) {
        InvalidConfiguration refused = assertThrows(
                InvalidConfiguration.class, () -> RunningRanker.configured(bundles, "\nobjectives: {" + line + "}\n"));
        for (String reason : reasons) {
            assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused.getMessage());
        }
    }
}
