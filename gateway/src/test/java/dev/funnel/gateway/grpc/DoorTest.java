package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.proto.common.v1.Degradation;
import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.proto.common.v1.InteractionKind;
import dev.funnel.proto.common.v1.Stage;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.ranking.v1.RankRequest;
import dev.funnel.proto.ranking.v1.RankResponse;
import dev.funnel.proto.reranker.v1.RemovalCount;
import dev.funnel.proto.reranker.v1.RerankRequest;
import dev.funnel.proto.reranker.v1.RerankResponse;
import dev.funnel.proto.reranker.v1.SlateItem;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves, whatever the stages say. */
class DoorTest {
    private static final String EXPIRED = SmallBundle.item(SmallBundle.ITEMS - 1);

    @TempDir
    static Path folder;

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.serving(folder);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void honest() {
        gateway.stages.honest();
    }

    @Test
    void an_item_that_breaks_a_strict_rule_is_stopped_even_if_all_stages_let_it_pass() {
        gateway.stages.candidates.answers(request -> FakeStages.nominating(request, List.of(EXPIRED, "item-03")));
        RecommendResponse slate =
                gateway.recommend(RunningGateway.home("user-00").setPageSize(2));
        assertEquals("item-03", RunningGateway.ids(slate).getFirst());
        assertFalse(RunningGateway.ids(slate).contains(EXPIRED));
        assertEquals("not-expired", slate.getReports(3).getComponents(0).getComponent());
    }

    @Test
    void what_is_excluded_watched_or_disliked_is_stopped_even_if_all_stages_let_it_pass() {
        gateway.stages.candidates.answers(
                request -> FakeStages.nominating(request, List.of("item-50", "item-51", "item-52", "item-53")));
        RecommendResponse slate = gateway.recommend(RecommendRequest.newBuilder()
                .setPageSize(1)
                .setQuery(RunningGateway.query("")
                        .addExcludeItemIds("item-53")
                        .addRecent(RandomQuestion.interaction("item-52", InteractionKind.INTERACTION_KIND_WATCH))
                        .addRecent(RandomQuestion.interaction("item-51", InteractionKind.INTERACTION_KIND_DISLIKE))));
        assertEquals(List.of("item-50"), RunningGateway.ids(slate));
    }

    @Test
    void an_item_that_was_clicked_but_not_watched_may_be_shown_again() {
        RecommendResponse slate = gateway.recommend(RecommendRequest.newBuilder()
                .setQuery(RunningGateway.query("")
                        .addRecent(RandomQuestion.interaction("item-59", InteractionKind.INTERACTION_KIND_SEARCH))
                        .addRecent(RandomQuestion.interaction("item-07", InteractionKind.INTERACTION_KIND_CLICK)))
                .setPageSize(60));
        assertFalse(gateway.stages
                .candidates
                .lastRequest()
                .getUser()
                .getRecent()
                .getItemIdsList()
                .isEmpty());
        assertTrue(RunningGateway.ids(slate).contains("item-07"), "from the popular slate at least");
    }

    @Test
    void an_item_the_bundle_does_not_hold_is_stopped() {
        gateway.stages.candidates.answers(request -> FakeStages.nominating(request, List.of("item-99", "item-03")));
        assertEquals(
                List.of("item-03"),
                RunningGateway.ids(
                        gateway.recommend(RunningGateway.home("user-00").setPageSize(1))));
    }

    @Test
    void the_callers_filter_holds_on_the_popular_slate_too() {
        gateway.stages.candidates.fails(Status.UNAVAILABLE);
        RecommendResponse slate = gateway.recommend(RecommendRequest.newBuilder()
                .setPageSize(500)
                .setQuery(RunningGateway.query("").setFilter(RandomQuestion.language("de"))));
        assertEquals(20, slate.getItemsCount(), "as many are German");
        RunningGateway.ids(slate).forEach(id -> assertEquals(1, FakeStages.number(id) % 3, id));
        assertTrue(slate.getDegradationsList().stream()
                .anyMatch(loss -> loss.getKind() == DegradationKind.DEGRADATION_KIND_SHORT_SLATE));
    }

    @Test
    void a_slate_that_nothing_can_fill_is_short_and_says_so() {
        RecommendResponse slate =
                gateway.recommend(RunningGateway.home("user-00").setPageSize(500));
        assertEquals(59, slate.getItemsCount());
        assertEquals(1, slate.getDegradationsCount(), slate::toString);
        assertEquals(
                DegradationKind.DEGRADATION_KIND_SHORT_SLATE,
                slate.getDegradations(0).getKind());
        assertEquals("", slate.getNextPageToken(), "there is nothing left for another page");
    }

    @Test
    void places_that_the_door_empties_are_filled_from_the_ranked_order() {
        gateway.stages.reranker.answersChanged(answer -> answer);
        gateway.stages.candidates.answers(
                request -> FakeStages.nominating(request, List.of(EXPIRED, "item-30", "item-31", "item-32")));
        RecommendResponse slate =
                gateway.recommend(RunningGateway.home("user-00").setPageSize(3).setExplain(true));
        assertEquals(List.of("item-32", "item-31", "item-30"), RunningGateway.ids(slate));
        assertEquals(
                "ranked-order", slate.getItems(2).getReasonsList().getLast().getComponent());
    }

    @Test
    void what_the_rerankers_filters_removed_does_not_come_back_by_another_path() {
        gateway.stages.reranker.answers(request -> RerankResponse.newBuilder()
                .setBundle(request.getBundle())
                .addSlate(SlateItem.newBuilder()
                        .setItemId(request.getCandidates().getItemIds(0))
                        .setScore(1))
                .addRemovalCounts(
                        RemovalCount.newBuilder().setRule("click-bait").setCount(3))
                .build());
        gateway.stages.candidates.answers(
                request -> FakeStages.nominating(request, List.of("item-30", "item-31", "item-32", "item-33")));
        List<String> ids = RunningGateway.ids(
                gateway.recommend(RunningGateway.home("user-00").setPageSize(40)));
        assertEquals("item-30", ids.getFirst());
        assertEquals(40, ids.size(), "the popular slate fills the rest");
        assertTrue(Collections.disjoint(ids, List.of("item-31", "item-32", "item-33")), ids::toString);
    }

    @Test
    void a_slate_that_the_reranker_left_short_and_the_door_filled_says_what_it_was_filled_with() {
        List<String> pool = IntStream.range(30, 50).mapToObj(SmallBundle::item).toList();
        gateway.stages.candidates.answers(request -> FakeStages.nominating(request, pool));
        gateway.stages.reranker.answersChanged(answer -> answer.toBuilder()
                .removeSlate(0)
                .addDegradations(Degradation.newBuilder()
                        .setStage(Stage.STAGE_RERANKING)
                        .setKind(DegradationKind.DEGRADATION_KIND_SHORT_SLATE)
                        .setServedInstead("a slate of 19 for 20"))
                .build());
        RecommendResponse slate = gateway.recommend(RunningGateway.home("user-00"));
        assertEquals(20, slate.getItemsCount());
        assertEquals("popular slate", slate.getDegradations(0).getServedInstead());
    }

    /** Random stages, random questions: whatever the stages do, nothing leaves that must not. */
    @Test
    void whatever_the_stages_do_nothing_leaves_that_must_not() {
        for (long seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            misbehave(random);
            RecommendRequest request = RandomQuestion.of(random);
            RecommendResponse slate = gateway.recommend(request.toBuilder());
            RandomQuestion.assertSound(slate, request, "seed " + seed);
        }
    }

    private static void misbehave(Random random) {
        switch (random.nextInt(4)) {
            case 0 -> gateway.stages.candidates.fails(Status.INTERNAL);
            case 1 -> gateway.stages.candidates.honest();
            default -> gateway.stages.candidates.answers(request -> anyPool(request, random));
        }
        switch (random.nextInt(4)) {
            case 0 -> gateway.stages.ranking.fails(Status.UNAVAILABLE);
            case 1 -> gateway.stages.ranking.honest();
            default -> gateway.stages.ranking.answers(request -> anyScores(request, random));
        }
        switch (random.nextInt(4)) {
            case 0 -> gateway.stages.reranker.fails(Status.RESOURCE_EXHAUSTED);
            case 1 -> gateway.stages.reranker.honest();
            default -> gateway.stages.reranker.answers(request -> anySlate(request, random));
        }
    }

    private static RetrieveResponse anyPool(RetrieveRequest request, Random random) {
        List<String> items = RandomQuestion.someItems(random, 61);
        if (random.nextInt(5) == 0 && !items.isEmpty()) {
            items.add(items.getFirst()); // twice, which must be refused
        }
        if (random.nextInt(3) == 0) {
            items.add("item-99");
        }
        return FakeStages.nominating(request, items);
    }

    private static RankResponse anyScores(RankRequest request, Random random) {
        RankResponse.Builder response = RankResponse.newBuilder().setBundle(request.getBundle());
        int size = request.getCandidates().getItemIdsCount() + (random.nextInt(8) == 0 ? 1 : 0);
        for (int i = 0; i < size; i++) {
            response.addScores(random.nextInt(200) == 0 ? Float.NaN : random.nextFloat());
        }
        return response.build();
    }

    private static RerankResponse anySlate(RerankRequest request, Random random) {
        RerankResponse.Builder response = RerankResponse.newBuilder().setBundle(request.getBundle());
        int pool = request.getCandidates().getItemIdsCount();
        List<Integer> positions =
                new ArrayList<>(IntStream.range(0, pool).boxed().toList());
        Collections.shuffle(positions, random);
        int size = Math.min(pool, random.nextInt(request.getSlateSize() + 2));
        for (int position : positions.subList(0, size)) {
            response.addSlate(SlateItem.newBuilder()
                    .setItemId(request.getCandidates().getItemIds(position))
                    .setCandidatePosition(position)
                    .setScore(random.nextFloat()));
        }
        if (random.nextBoolean()) {
            response.addRemovalCounts(RemovalCount.newBuilder().setRule("any").setCount(1));
        }
        return response.build();
    }
}
