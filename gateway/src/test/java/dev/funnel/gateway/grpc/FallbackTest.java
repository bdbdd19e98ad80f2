package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.proto.common.v1.Candidates;
import dev.funnel.proto.common.v1.Degradation;
import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.proto.common.v1.Stage;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.RecommendationServiceGrpc;
import dev.funnel.proto.gateway.v1.RecommendedItem;
import dev.funnel.proto.gateway.v1.Rung;
import dev.funnel.proto.ranking.v1.RankResponse;
import dev.funnel.proto.reranker.v1.RerankResponse;
import dev.funnel.proto.reranker.v1.SlateItem;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is served when a stage is absent, and how the answer says so. */
class FallbackTest {
    @TempDir
    static Path folder;

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        String hasty = """
                  brisk: {deadline: 500ms, deadline_cap: 1s, reserve: 1ms}
                  unhurried: {deadline: 11s, deadline_cap: 20s, reserve: 10s}
                """;
        gateway = RunningGateway.serving(folder, Map.of(), hasty);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void reset() {
        gateway.stages.honest();
        gateway.stages.ranking.forgetRequests();
        gateway.stages.reranker.forgetRequests();
    }

    /** A broken answer, by what is wrong with it. */
    record Garbage<S>(String wrong, UnaryOperator<S> answer) {
        @Override
        public String toString() {
            return wrong;
        }
    }

    @Test
    void without_reranking_the_ranked_order_is_served() {
        gateway.stages.reranker.fails(Status.INTERNAL.withDescription("out of memory"));
        RecommendResponse slate =
                gateway.recommend(RunningGateway.home("user-00").setPageSize(5));
        assertEquals(List.of("item-58", "item-57", "item-56", "item-55", "item-54"), RunningGateway.ids(slate));
        assertFalse(slate.hasPolicy());
        assertLoss(slate, Stage.STAGE_RERANKING, DegradationKind.DEGRADATION_KIND_FAILED, "ranked order");
        assertTrue(
                slate.getDegradations(0).getCause().contains("out of memory"),
                () -> slate.getDegradations(0).getCause());
    }

    @Test
    void without_ranking_the_calibrated_retrieval_scores_are_reranked() {
        gateway.stages.ranking.fails(Status.UNAVAILABLE);
        RecommendResponse slate =
                gateway.recommend(RunningGateway.home("user-00").setPageSize(3));
        assertEquals(List.of("item-00", "item-01", "item-02"), RunningGateway.ids(slate));
        assertTrue(slate.hasPolicy(), "it is still re-ranked");
        assertLoss(slate, Stage.STAGE_RANKING, DegradationKind.DEGRADATION_KIND_FAILED, "retrieval scores");
    }

    @Test
    void without_ranking_and_reranking_the_order_is_the_calibrated_retrieval_scores() {
        gateway.stages.ranking.fails(Status.UNAVAILABLE);
        gateway.stages.reranker.fails(Status.UNAVAILABLE);
        RecommendResponse slate =
                gateway.recommend(RunningGateway.home("user-00").setPageSize(3));
        assertEquals(List.of("item-00", "item-01", "item-02"), RunningGateway.ids(slate));
        assertEquals(2, slate.getDegradationsCount());
        assertEquals("retrieval order", slate.getDegradations(1).getServedInstead());
    }

    @Test
    void without_calibrated_scores_the_generators_ranks_decide() {
        gateway.stages.ranking.fails(Status.UNAVAILABLE);
        gateway.stages.candidates.answersChanged(answer -> {
            var changed = answer.toBuilder();
            changed.getCandidatesBuilder().clearCalibratedScores();
            return changed.build();
        });
        RecommendResponse slate =
                gateway.recommend(RunningGateway.home("user-00").setPageSize(2));
        assertEquals(
                List.of("item-00", "item-02"),
                RunningGateway.ids(slate),
                "of als and covisit, the two that both put on top");
    }

    @Test
    void without_candidates_the_popular_slate_is_served() {
        gateway.stages.candidates.fails(Status.UNAVAILABLE);
        RecommendResponse slate =
                gateway.recommend(RunningGateway.home("nobody-yet").setExplain(true));
        assertEquals(20, slate.getItemsCount());
        assertLoss(slate, Stage.STAGE_CANDIDATES, DegradationKind.DEGRADATION_KIND_FAILED, "popular slate");
        RecommendedItem first = slate.getItems(0);
        assertEquals(List.of("popular-slate"), first.getSourcesList());
        assertEquals("popular-slate", first.getReasons(0).getComponent());
        assertEquals(
                slate.getItemsList().stream()
                        .map(RecommendedItem::getScore)
                        .sorted(Comparator.reverseOrder())
                        .toList(),
                slate.getItemsList().stream().map(RecommendedItem::getScore).toList());
        assertEquals(List.of(), gateway.stages.ranking.requests(), "there is nothing to rank");
    }

    @Test
    void without_candidates_a_user_gets_the_last_good_slate_again_before_the_popular_one() {
        List<String> good = RunningGateway.ids(
                gateway.recommend(RunningGateway.home("user-04").setPageSize(5)));
        gateway.stages.candidates.fails(Status.UNAVAILABLE);
        RecommendResponse slate =
                gateway.recommend(RunningGateway.home("user-04").setPageSize(8));
        assertEquals(good, RunningGateway.ids(slate).subList(0, 5));
        assertEquals(8, slate.getItemsCount());
        assertEquals(List.of("last-good-slate"), slate.getItems(0).getSourcesList());
        assertEquals(List.of("popular-slate"), slate.getItems(5).getSourcesList());
        assertLoss(slate, Stage.STAGE_CANDIDATES, DegradationKind.DEGRADATION_KIND_FAILED, "last good slate");
    }

    @Test
    void an_empty_pool_of_generators_that_failed_is_no_better_than_none() {
        List<String> good = RunningGateway.ids(
                gateway.recommend(RunningGateway.home("user-05").setPageSize(5)));
        gateway.stages.candidates.answers(request -> FakeStages.nominating(request, List.of()).toBuilder()
                .addDegradations(alsBroke())
                .build());
        for (int time = 0; time < 2; time++) {
            RecommendResponse slate =
                    gateway.recommend(RunningGateway.home("user-05").setPageSize(8));
            assertEquals(good, RunningGateway.ids(slate).subList(0, 5));
            assertEquals(Rung.RUNG_LAST_GOOD, slate.getRung());
            assertEquals("candidate generation gave nothing: als: broken", slate.getRungReason());
            assertLoss(slate, Stage.STAGE_CANDIDATES, DegradationKind.DEGRADATION_KIND_FAILED, "last good slate");
            assertEquals(
                    List.of("popular-slate"),
                    slate.getItems(5).getSourcesList(),
                    "a last good slate, and what filled it up, is not remembered as good");
        }
        RecommendResponse stranger = gateway.recommend(RunningGateway.home("nobody-yet"));
        assertEquals(Rung.RUNG_POPULAR, stranger.getRung());
        assertEquals("candidate generation gave nothing: als: broken", stranger.getRungReason());
        assertLoss(stranger, Stage.STAGE_CANDIDATES, DegradationKind.DEGRADATION_KIND_FAILED, "popular slate");
    }

    @Test
    void an_empty_pool_without_a_loss_is_popular_and_does_not_replace_the_last_good_slate() {
        List<String> good = RunningGateway.ids(
                gateway.recommend(RunningGateway.home("user-06").setPageSize(5)));
        gateway.stages.candidates.answers(request -> FakeStages.nominating(request, List.of()));
        RecommendResponse popular =
                gateway.recommend(RunningGateway.home("user-06").setPageSize(5));
        assertEquals(Rung.RUNG_POPULAR, popular.getRung());
        assertEquals("no candidate may be shown", popular.getRungReason());
        gateway.stages.candidates.fails(Status.UNAVAILABLE);
        assertEquals(
                good,
                RunningGateway.ids(
                        gateway.recommend(RunningGateway.home("user-06").setPageSize(5))));
    }

    private static Degradation alsBroke() {
        return Degradation.newBuilder()
                .setStage(Stage.STAGE_CANDIDATES)
                .setKind(DegradationKind.DEGRADATION_KIND_FAILED)
                .setComponent("als")
                .setCause("broken")
                .setServedInstead("candidates of the other generators")
                .build();
    }

    @Test
    void all_stages_down_is_still_a_full_slate() {
        gateway.stages.candidates.fails(Status.UNAVAILABLE);
        gateway.stages.ranking.fails(Status.UNAVAILABLE);
        gateway.stages.reranker.fails(Status.UNAVAILABLE);
        assertEquals(20, gateway.recommend(RunningGateway.home("")).getItemsCount());
    }

    @Test
    void a_stage_that_sheds_says_so() {
        gateway.stages.ranking.fails(Status.RESOURCE_EXHAUSTED);
        assertLoss(
                gateway.recommend(RunningGateway.home("user-00")),
                Stage.STAGE_RANKING,
                DegradationKind.DEGRADATION_KIND_SHED,
                "retrieval scores");
    }

    @Test
    void late_candidates_leave_the_caller_with_a_slate_before_the_deadline() {
        gateway.stages.candidates.silent();
        RecommendResponse slate = gateway.service(Duration.ofSeconds(3))
                .recommend(RunningGateway.home("").build());
        assertEquals(20, slate.getItemsCount());
        assertLoss(slate, Stage.STAGE_CANDIDATES, DegradationKind.DEGRADATION_KIND_LATE, "popular slate");
    }

    @Test
    void late_ranking_leaves_time_for_reranking() {
        gateway.stages.ranking.silent();
        RecommendResponse slate = gateway.service(Duration.ofSeconds(3))
                .recommend(RunningGateway.home("").build());
        assertTrue(slate.hasPolicy());
        assertLoss(slate, Stage.STAGE_RANKING, DegradationKind.DEGRADATION_KIND_LATE, "retrieval scores");
    }

    @Test
    void all_stages_late_still_leave_the_caller_with_a_slate_before_the_deadline() {
        gateway.stages.candidates.silent();
        gateway.stages.ranking.silent();
        gateway.stages.reranker.silent();
        RecommendResponse slate = gateway.service(Duration.ofSeconds(3))
                .recommend(RunningGateway.home("").build());
        assertEquals(20, slate.getItemsCount());
    }

    @Test
    void a_call_without_a_deadline_is_given_the_pipelines() {
        withoutDeadline(RunningGateway.home("").build());
        Duration budget = gateway.stages.candidates.lastBudget();
        assertTrue(budget.compareTo(Duration.ofMillis(300)) < 0, budget::toString);
    }

    @Test
    void a_stage_is_given_its_slice_of_the_callers_deadline() {
        gateway.service(Duration.ofSeconds(20))
                .recommend(RunningGateway.home("").build());
        Duration budget = gateway.stages.candidates.lastBudget();
        assertTrue(budget.compareTo(Duration.ofSeconds(8)) < 0, budget::toString);
        assertTrue(budget.compareTo(Duration.ofSeconds(4)) > 0, budget::toString);
    }

    @Test
    void a_caller_with_more_patience_than_the_pipeline_is_served_within_the_pipelines_cap() {
        RecommendRequest request = RunningGateway.home("").setPipeline("brisk").build();
        gateway.service(Duration.ofSeconds(20)).recommend(request);
        Duration budget = gateway.stages.candidates.lastBudget();
        assertTrue(budget.compareTo(Duration.ofMillis(400)) <= 0, budget::toString);
    }

    @Test
    void a_caller_with_no_time_for_any_stage_still_gets_a_slate() {
        gateway.stages.candidates.forgetRequests();
        RecommendRequest request =
                RunningGateway.home("").setPipeline("unhurried").build();
        RecommendResponse slate = gateway.service(Duration.ofSeconds(9)).recommend(request);
        assertEquals(20, slate.getItemsCount());
        assertEquals(List.of(), gateway.stages.candidates.requests(), "all of its time is reserved");
        assertLoss(slate, Stage.STAGE_CANDIDATES, DegradationKind.DEGRADATION_KIND_LATE, "popular slate");
    }

    /** Our own channels refuse to send a call that has no deadline; others' do not. */
    private static RecommendResponse withoutDeadline(RecommendRequest request) {
        ManagedChannel channel = ManagedChannelBuilder.forTarget(gateway.address())
                .usePlaintext()
                .build();
        try {
            return RecommendationServiceGrpc.newBlockingStub(channel).recommend(request);
        } finally {
            channel.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("garbagePools")
    void a_broken_pool_is_a_failure_of_candidate_generation(Garbage<RetrieveResponse> garbage) {
        gateway.stages.candidates.answersChanged(garbage.answer());
        RecommendResponse slate = gateway.recommend(RunningGateway.home("nobody-yet"));
        assertLoss(slate, Stage.STAGE_CANDIDATES, DegradationKind.DEGRADATION_KIND_FAILED, "popular slate");
        assertSound(slate);
    }

    static Stream<Garbage<RetrieveResponse>> garbagePools() {
        return Stream.of(
                pool("an item twice", pool -> pool.addItemIds("item-00").addCalibratedScores(0.1f)),
                pool("too few calibrated scores", pool -> pool.addItemIds("item-59")),
                pool("a NaN score", pool -> pool.setCalibratedScores(3, Float.NaN)),
                pool(
                        "an infinite raw score",
                        pool -> pool.getNominationsBuilder(0).setScores(2, Float.POSITIVE_INFINITY)),
                pool(
                        "a position beyond the pool",
                        pool -> pool.getNominationsBuilder(1).setPositions(0, 4_000_000)),
                pool("an empty id", pool -> pool.setItemIds(5, "")),
                pool("an id of 1 MB", pool -> pool.setItemIds(5, "x".repeat(1 << 20))),
                new Garbage<>(
                        "no version", answer -> answer.toBuilder().clearBundle().build()),
                new Garbage<>("another version", answer -> {
                    var changed = answer.toBuilder();
                    changed.getBundleBuilder().setVersion("20250101000000000-0123456789ab");
                    return changed.build();
                }));
    }

    private static Garbage<RetrieveResponse> pool(String wrong, Consumer<Candidates.Builder> change) {
        return new Garbage<>(wrong, answer -> {
            var changed = answer.toBuilder();
            change.accept(changed.getCandidatesBuilder());
            return changed.build();
        });
    }

    @ParameterizedTest
    @MethodSource("garbageScores")
    void broken_scores_are_a_failure_of_ranking(Garbage<RankResponse> garbage) {
        gateway.stages.ranking.answersChanged(garbage.answer());
        RecommendResponse slate =
                gateway.recommend(RunningGateway.home("user-00").setExplain(true));
        assertLoss(slate, Stage.STAGE_RANKING, DegradationKind.DEGRADATION_KIND_FAILED, "retrieval scores");
        assertSound(slate);
    }

    static Stream<Garbage<RankResponse>> garbageScores() {
        return Stream.of(
                new Garbage<>(
                        "NaN",
                        answer -> answer.toBuilder().setScores(0, Float.NaN).build()),
                new Garbage<>(
                        "infinity",
                        answer -> answer.toBuilder()
                                .setScores(1, Float.NEGATIVE_INFINITY)
                                .build()),
                new Garbage<>(
                        "one too many",
                        answer -> answer.toBuilder().addScores(1).build()),
                new Garbage<>("none", answer -> answer.toBuilder().clearScores().build()),
                new Garbage<>("a short head", answer -> {
                    var changed = answer.toBuilder();
                    changed.getHeadsBuilder(0).clearValues().addValues(1);
                    return changed.build();
                }),
                new Garbage<>(
                        "no version", answer -> answer.toBuilder().clearBundle().build()));
    }

    @ParameterizedTest
    @MethodSource("garbageSlates")
    void a_broken_slate_is_a_failure_of_reranking(Garbage<RerankResponse> garbage) {
        gateway.stages.reranker.answersChanged(garbage.answer());
        RecommendResponse slate = gateway.recommend(RunningGateway.home("user-00"));
        assertLoss(slate, Stage.STAGE_RERANKING, DegradationKind.DEGRADATION_KIND_FAILED, "ranked order");
        assertSound(slate);
    }

    static Stream<Garbage<RerankResponse>> garbageSlates() {
        return Stream.of(
                slate("an item twice", slate -> slate.setSlate(1, slate.getSlate(0))),
                slate(
                        "a score that is not finite",
                        slate -> slate.getSlateBuilder(0).setScore(Float.NaN)),
                slate(
                        "an item that is not at its position",
                        slate -> slate.getSlateBuilder(0).setItemId("item-00")),
                slate(
                        "a position beyond the pool",
                        slate -> slate.getSlateBuilder(0).setCandidatePosition(-1)),
                slate(
                        "one item too many",
                        slate -> slate.addSlate(
                                SlateItem.newBuilder().setItemId("item-00").setCandidatePosition(0))),
                slate("no version", RerankResponse.Builder::clearBundle));
    }

    private static Garbage<RerankResponse> slate(String wrong, Consumer<RerankResponse.Builder> change) {
        return new Garbage<>(wrong, answer -> {
            RerankResponse.Builder changed = answer.toBuilder();
            change.accept(changed);
            return changed.build();
        });
    }

    private static void assertSound(RecommendResponse slate) {
        assertEquals(20, slate.getItemsCount());
        assertEquals(20, RunningGateway.ids(slate).stream().distinct().count());
        slate.getItemsList().forEach(item -> assertTrue(Float.isFinite(item.getScore()), item::toString));
    }

    private static void assertLoss(RecommendResponse slate, Stage stage, DegradationKind kind, String instead) {
        assertEquals(1, slate.getDegradationsCount(), slate::toString);
        Degradation loss = slate.getDegradations(0);
        assertEquals(stage, loss.getStage());
        assertEquals(kind, loss.getKind(), loss::getCause);
        assertEquals(instead, loss.getServedInstead());
        assertFalse(loss.getCause().isEmpty());
    }
}
