package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.common.v1.Interaction;
import dev.funnel.proto.common.v1.InteractionKind;
import dev.funnel.proto.common.v1.Stage;
import dev.funnel.proto.common.v1.StageReport;
import dev.funnel.proto.common.v1.UserState;
import dev.funnel.proto.gateway.v1.ListPipelinesRequest;
import dev.funnel.proto.gateway.v1.ListPipelinesResponse;
import dev.funnel.proto.gateway.v1.PipelineDescription;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.RecommendedItem;
import dev.funnel.proto.ranking.v1.RankRequest;
import dev.funnel.proto.reranker.v1.RerankRequest;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slate made by three healthy stages. */
class RecommendTest {
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
    void reset() {
        gateway.stages.honest();
        gateway.stages.candidates.forgetRequests();
        gateway.stages.ranking.forgetRequests();
        gateway.stages.reranker.forgetRequests();
    }

    @Test
    void a_slate_has_as_many_items_as_asked_for_in_the_rerankers_order() {
        RecommendResponse slate =
                gateway.recommend(RunningGateway.home("user-00").setPageSize(7));
        List<String> ids = RunningGateway.ids(slate);
        assertEquals(7, ids.size());
        assertEquals("item-58", ids.getFirst(), "item-59 has expired");
        assertEquals(
                ids.stream().sorted(Comparator.reverseOrder()).toList(), ids, "the fake ranker's score is the number");
        assertEquals(List.of(), slate.getDegradationsList());
        assertEquals(
                List.of(1, 2, 3, 4, 5, 6, 7),
                slate.getItemsList().stream().map(RecommendedItem::getPlace).toList());
    }

    @Test
    void every_stage_is_asked_for_one_bundle_version_and_one_instant() {
        RecommendResponse slate = gateway.recommend(RunningGateway.home("user-02"));
        RetrieveRequest retrieve = gateway.stages.candidates.lastRequest();
        RankRequest rank = gateway.stages.ranking.lastRequest();
        RerankRequest rerank = gateway.stages.reranker.lastRequest();
        assertEquals(slate.getBundle(), retrieve.getBundle());
        assertEquals(slate.getBundle(), rank.getBundle());
        assertEquals(slate.getBundle(), rerank.getBundle());
        assertEquals(retrieve.getQuery(), rank.getQuery());
        assertEquals(retrieve.getQuery(), rerank.getQuery());
        assertEquals(retrieve.getUser(), rerank.getUser());
    }

    @Test
    void a_query_without_a_time_is_stamped() {
        gateway.recommend(RecommendRequest.newBuilder());
        assertTrue(
                gateway.stages.candidates.lastRequest().getQuery().getContext().hasTime());
    }

    @Test
    void the_answer_names_pipeline_and_policy_with_their_hashes_and_reports_every_stage() {
        RecommendResponse slate = gateway.recommend(RunningGateway.home("user-02"));
        assertEquals("home", slate.getPipeline().getName());
        assertEquals(64, slate.getPipeline().getHash().length());
        assertEquals("home", slate.getPolicy().getName());
        assertEquals(64, slate.getPolicy().getHash().length());
        assertEquals(
                List.of(Stage.STAGE_CANDIDATES, Stage.STAGE_RANKING, Stage.STAGE_RERANKING, Stage.STAGE_GATEWAY),
                slate.getReportsList().stream().map(StageReport::getStage).toList());
        assertTrue(slate.getRequestId().length() > 8 && slate.getRequestId().length() <= 64);
    }

    @Test
    void the_pipeline_says_which_generators_are_asked_with_which_limits_and_strict_rules() {
        gateway.recommend(RunningGateway.home("user-02"));
        RetrieveRequest request = gateway.stages.candidates.lastRequest();
        assertEquals(
                List.of("als 300", "covisit 150", "popular 100", "newest 50"),
                request.getGeneratorsList().stream()
                        .map(generator -> generator.getName() + " " + generator.getLimit())
                        .toList());
        assertEquals("not-expired", request.getStrictRules(0).getName());
        assertEquals(
                request.getStrictRulesList(),
                gateway.stages.reranker.lastRequest().getStrictRulesList());
    }

    @Test
    void a_seed_item_means_the_related_pipeline_and_is_not_in_its_own_slate() {
        RecommendResponse slate = gateway.recommend(
                RecommendRequest.newBuilder().setQuery(RunningGateway.query("").setSeedItemId("item-58")));
        assertEquals("related", slate.getPipeline().getName());
        assertEquals("related", slate.getPolicy().getName());
        assertFalse(RunningGateway.ids(slate).contains("item-58"));
    }

    @Test
    void a_known_user_is_sent_with_profile_and_history_from_the_bundle() {
        gateway.recommend(RunningGateway.home("user-03"));
        UserState user = gateway.stages.ranking.lastRequest().getUser();
        assertTrue(user.getKnown());
        assertEquals(0, user.getFreshCount());
        assertTrue(user.getRecent().getItemIdsCount() > 0);
        assertTrue(user.getProfileMap().containsKey("age"), user::toString);
    }

    @Test
    void an_unknown_user_is_served_from_what_the_caller_sent() {
        RecommendResponse slate = gateway.recommend(RecommendRequest.newBuilder()
                .setQuery(RunningGateway.query("nobody")
                        .addRecent(interaction("item-58", InteractionKind.INTERACTION_KIND_WATCH))
                        .addRecent(interaction("no-such-item", InteractionKind.INTERACTION_KIND_WATCH))
                        .addRecent(interaction("item-57", InteractionKind.INTERACTION_KIND_DISLIKE))));
        UserState user = gateway.stages.candidates.lastRequest().getUser();
        assertFalse(user.getKnown());
        assertEquals(List.of("item-58"), user.getRecent().getItemIdsList());
        assertEquals(1, user.getFreshCount());
        assertEquals(List.of("item-57"), user.getDislikedItemIdsList());
        assertEquals("item-56", RunningGateway.ids(slate).getFirst());
    }

    @Test
    void a_new_visitor_gets_a_full_slate() {
        RecommendResponse slate = gateway.recommend(RecommendRequest.newBuilder());
        assertEquals(20, slate.getItemsCount());
    }

    @Test
    void an_explained_slate_has_sources_scores_predictions_reasons_and_titles() {
        RecommendResponse slate =
                gateway.recommend(RunningGateway.home("user-00").setExplain(true));
        RecommendedItem first = slate.getItems(0);
        assertEquals("item-58", first.getItemId());
        assertEquals(List.of("als", "covisit"), first.getSourcesList());
        assertEquals(2, first.getSourceScoresCount());
        assertEquals(0.58f, first.getPredictionsOrThrow("watch_time"));
        assertEquals(0.58f, first.getPredictionsOrThrow("click"));
        assertEquals("Title of item 58, öäü", first.getTitle());
        assertEquals(
                List.of("als", "covisit", "watch_time", "freshness"),
                first.getReasonsList().stream()
                        .map(reason -> reason.getComponent())
                        .toList());
        assertTrue(
                first.getReasons(0).getDetail().startsWith("nominated by als, rank 59"),
                () -> first.getReasons(0).getDetail());
        assertEquals(0.5f, first.getReasons(3).getScoreDelta());
        slate.getItemsList().forEach(item -> assertTrue(item.getReasonsCount() > 0, item::getItemId));
    }

    @Test
    void explaining_costs_nothing_when_it_is_off_and_changes_nothing_when_it_is_on() {
        RecommendResponse plain = gateway.recommend(RunningGateway.home("user-00"));
        assertFalse(gateway.stages.candidates.lastRequest().getExplain());
        assertFalse(gateway.stages.ranking.lastRequest().getExplain());
        assertFalse(gateway.stages.reranker.lastRequest().getExplain());
        assertEquals(0, gateway.stages.ranking.lastRequest().getHeadsCount());
        assertEquals(0, gateway.stages.candidates.lastRequest().getTraceItemIdsCount());
        RecommendedItem item = plain.getItems(0);
        assertEquals(0, item.getReasonsCount() + item.getSourceScoresCount() + item.getPredictionsCount());
        assertEquals("", item.getTitle());
        assertEquals(List.of("als", "covisit"), item.getSourcesList());

        RecommendResponse explained =
                gateway.recommend(RunningGateway.home("user-00").setExplain(true));
        assertEquals(RunningGateway.ids(plain), RunningGateway.ids(explained));
        assertEquals(0, gateway.stages.reranker.lastRequest().getHeadsCount(), "the policy reads no heads");
    }

    @Test
    void pipelines_are_listed_by_name_with_what_they_do() {
        ListPipelinesResponse listed = gateway.service().listPipelines(ListPipelinesRequest.getDefaultInstance());
        assertEquals(
                List.of("home", "related"),
                listed.getPipelinesList().stream()
                        .map(PipelineDescription::getName)
                        .toList());
        PipelineDescription home = listed.getPipelines(0);
        assertEquals(
                List.of("als", "covisit", "popular", "newest", "content", "trending", "near", "followed"),
                home.getGeneratorsList());
        assertEquals("home", home.getPolicy());
        assertEquals(List.of("not-expired", "published"), home.getStrictRulesList());
        assertEquals(gateway.recommend(RunningGateway.home("")).getPipeline().getHash(), home.getHash());
    }

    @Test
    void the_last_reports_counts_say_what_left_the_door() {
        RecommendResponse slate = gateway.recommend(RunningGateway.home("").setPageSize(SmallBundle.ITEMS / 2));
        assertEquals(30, slate.getReports(3).getItemsOut());
    }

    private static Interaction interaction(String item, InteractionKind kind) {
        return Interaction.newBuilder().setItemId(item).setKind(kind).build();
    }
}
