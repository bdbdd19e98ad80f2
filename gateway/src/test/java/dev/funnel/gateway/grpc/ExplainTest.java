package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.common.v1.ItemTrace;
import dev.funnel.proto.common.v1.Stage;
import dev.funnel.proto.common.v1.TraceVerdict;
import dev.funnel.proto.gateway.v1.ExplainRequest;
import dev.funnel.proto.gateway.v1.ExplainResponse;
import dev.funnel.proto.gateway.v1.ItemExplanation;
import dev.funnel.proto.reranker.v1.Removal;
import dev.funnel.proto.reranker.v1.RemovalCount;
import dev.funnel.proto.reranker.v1.RerankResponse;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What became of an item: shown, or dropped or outranked, by whom. */
class ExplainTest {
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
    void every_item_of_the_slate_is_explained_at_its_place() {
        List<String> slate = RunningGateway.ids(gateway.recommend(RunningGateway.home("user-00")));
        ExplainResponse response = explain(slate.toArray(new String[0]));
        for (int i = 0; i < slate.size(); i++) {
            ItemExplanation explanation = response.getExplanations(i);
            assertEquals(slate.get(i), explanation.getItemId());
            assertEquals(i + 1, explanation.getPlace());
            assertEquals(Stage.STAGE_RERANKING, explanation.getStage());
            assertEquals("home", explanation.getComponent());
        }
    }

    @Test
    void every_item_of_the_catalogue_has_one_decision_that_agrees_with_the_slate() {
        List<String> slate = RunningGateway.ids(gateway.recommend(RunningGateway.home("user-03")));
        for (ItemExplanation explanation : explainAll("user-03")) {
            assertEquals(slate.indexOf(explanation.getItemId()) + 1, explanation.getPlace(), explanation::toString);
            assertTrue(explanation.getStage() != Stage.STAGE_UNSPECIFIED, explanation::toString);
            assertTrue(!explanation.getSummary().isEmpty(), explanation::toString);
        }
    }

    @Test
    void the_stages_are_asked_about_the_items_and_their_word_is_passed_on_in_order() {
        ItemExplanation explanation = explain("item-10").getExplanations(0);
        assertEquals(List.of("item-10"), gateway.stages.candidates.lastRequest().getTraceItemIdsList());
        assertEquals(List.of("item-10"), gateway.stages.reranker.lastRequest().getTraceItemIdsList());
        assertEquals(
                List.of(Stage.STAGE_CANDIDATES, Stage.STAGE_RANKING, Stage.STAGE_GATEWAY),
                explanation.getTracesList().stream().map(ItemTrace::getStage).toList());
    }

    @Test
    void an_item_ranked_below_the_slate_was_outranked_by_ranking() {
        ItemExplanation explanation = explain("item-10").getExplanations(0);
        assertDecided(explanation, Stage.STAGE_RANKING, "", TraceVerdict.TRACE_VERDICT_OUTRANKED);
        assertTrue(explanation.getSummary().startsWith("place 49 of 59"), explanation::getSummary);
    }

    @Test
    void an_item_ranked_high_and_not_in_the_slate_was_outranked_by_reranking() {
        gateway.stages.reranker.answersChanged(
                answer -> answer.toBuilder().removeSlate(0).build());
        assertDecided(
                explain("item-58").getExplanations(0), Stage.STAGE_RERANKING, "", TraceVerdict.TRACE_VERDICT_OUTRANKED);
    }

    @Test
    void an_item_that_a_filter_of_the_policy_removed_names_the_filter() {
        gateway.stages.reranker.answersChanged(answer -> {
            RerankResponse.Builder changed = answer.toBuilder();
            int position = answer.getSlate(0).getCandidatePosition();
            return changed.removeSlate(0)
                    .addRemovals(Removal.newBuilder()
                            .setCandidatePosition(position)
                            .setRule("click-bait")
                            .setDetail("left after 2 s"))
                    .addRemovalCounts(
                            RemovalCount.newBuilder().setRule("click-bait").setCount(1))
                    .build();
        });
        ItemExplanation explanation = explain("item-58").getExplanations(0);
        assertDecided(explanation, Stage.STAGE_RERANKING, "click-bait", TraceVerdict.TRACE_VERDICT_REMOVED);
        assertTrue(explanation.getSummary().contains("left after 2 s"), explanation::getSummary);
    }

    @Test
    void an_item_that_a_slate_rule_held_back_names_the_rule_and_its_reason() {
        gateway.stages.reranker.answersChanged(answer -> answer.toBuilder()
                .removeSlate(0)
                .clearTraces()
                .addTraces(ItemTrace.newBuilder()
                        .setItemId("item-58")
                        .setStage(Stage.STAGE_RERANKING)
                        .setVerdict(TraceVerdict.TRACE_VERDICT_OUTRANKED)
                        .setComponent("apart")
                        .setDetail("at most 2 of uploader 'u7' within 10 places"))
                .build());
        ItemExplanation explanation = explain("item-58").getExplanations(0);
        assertDecided(explanation, Stage.STAGE_RERANKING, "apart", TraceVerdict.TRACE_VERDICT_OUTRANKED);
        assertTrue(explanation.getSummary().contains("at most 2 of uploader 'u7'"), explanation::getSummary);
    }

    @Test
    void an_item_that_a_strict_rule_keeps_from_being_nominated_names_the_rule() {
        assertDecided(
                explain(EXPIRED).getExplanations(0),
                Stage.STAGE_CANDIDATES,
                "not-expired",
                TraceVerdict.TRACE_VERDICT_REMOVED);
    }

    @Test
    void an_item_filtered_at_the_door_names_the_rule() {
        gateway.stages.candidates.answers(request -> FakeStages.nominating(request, List.of(EXPIRED, "item-03")));
        assertDecided(
                explain(EXPIRED).getExplanations(0),
                Stage.STAGE_GATEWAY,
                "not-expired",
                TraceVerdict.TRACE_VERDICT_REMOVED);
    }

    @Test
    void an_item_that_was_never_nominated_says_so() {
        gateway.stages.candidates.answers(request -> FakeStages.nominating(
                request, IntStream.range(30, 55).mapToObj(SmallBundle::item).toList()));
        assertDecided(
                explain("item-57").getExplanations(0),
                Stage.STAGE_CANDIDATES,
                "",
                TraceVerdict.TRACE_VERDICT_NOT_NOMINATED);
    }

    @Test
    void an_item_nobody_knows_says_so() {
        assertDecided(
                explain("no-such-item").getExplanations(0),
                Stage.STAGE_GATEWAY,
                "item-table",
                TraceVerdict.TRACE_VERDICT_UNKNOWN_ITEM);
    }

    @Test
    void an_item_watched_before_names_that() {
        ItemExplanation explanation = explainAll("user-03").stream()
                .filter(each -> each.getComponent().equals("watched"))
                .findFirst()
                .orElseThrow();
        assertEquals(Stage.STAGE_CANDIDATES, explanation.getStage());
    }

    @Test
    void explanations_go_on_while_stages_are_down() {
        gateway.stages.candidates.fails(Status.UNAVAILABLE);
        gateway.stages.reranker.fails(Status.UNAVAILABLE);
        ExplainResponse response = explain("item-58", "item-10", EXPIRED, "no-such-item");
        assertEquals(4, response.getExplanationsCount());
        assertEquals(1, response.getDegradationsCount());
        assertDecided(
                response.getExplanations(2), Stage.STAGE_GATEWAY, "not-expired", TraceVerdict.TRACE_VERDICT_REMOVED);
    }

    @Test
    void one_explanation_is_given_per_item_asked_about_even_if_asked_twice() {
        assertEquals(3, explain("item-10", "item-11", "item-10").getExplanationsCount());
    }

    private static void assertDecided(
            ItemExplanation explanation, Stage stage, String component, TraceVerdict verdict) {
        assertEquals(stage, explanation.getStage(), explanation::toString);
        assertEquals(component, explanation.getComponent(), explanation::toString);
        assertEquals(0, explanation.getPlace(), explanation::toString);
        assertEquals(verdict, explanation.getTracesList().getLast().getVerdict(), explanation::toString);
    }

    private static ExplainResponse explain(String... items) {
        return gateway.service()
                .explain(ExplainRequest.newBuilder()
                        .setQuery(RunningGateway.query("user-00"))
                        .addAllItemIds(List.of(items))
                        .build());
    }

    private static List<ItemExplanation> explainAll(String user) {
        List<String> all = IntStream.range(0, SmallBundle.ITEMS)
                .mapToObj(SmallBundle::item)
                .toList();
        return new ArrayList<>(gateway.service()
                .explain(ExplainRequest.newBuilder()
                        .setQuery(RunningGateway.query(user))
                        .addAllItemIds(all)
                        .build())
                .getExplanationsList());
    }
}
