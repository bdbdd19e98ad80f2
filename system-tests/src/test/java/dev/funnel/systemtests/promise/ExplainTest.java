package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.proto.common.v1.Query;
import dev.funnel.proto.common.v1.Stage;
import dev.funnel.proto.common.v1.TraceVerdict;
import dev.funnel.proto.gateway.v1.ExplainRequest;
import dev.funnel.proto.gateway.v1.ItemExplanation;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendedItem;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Explain says for a named item where it stands and why, or which stage and rule dropped or outranked it. */
@ExtendWith(TinyFunnelExtension.class)
class ExplainTest {

    private static final int USER = 9;

    private final TinyFunnel funnel;

    ExplainTest(TinyFunnel funnel) {
        this.funnel = funnel;
    }

    @Test
    void an_item_of_the_slate_is_explained_at_its_place_with_a_trace_of_every_stage() {
        RecommendedItem third = slate().get(2);
        ItemExplanation explanation = explain(query(), third.getItemId());
        assertEquals(3, explanation.getPlace(), explanation::toString);
        assertFalse(explanation.getSummary().isBlank());
        Set<Stage> stages = explanation.getTracesList().stream()
                .map(trace -> trace.getStage())
                .collect(Collectors.toSet());
        assertTrue(
                stages.containsAll(List.of(Stage.STAGE_CANDIDATES, Stage.STAGE_RANKING, Stage.STAGE_RERANKING)),
                explanation::toString);
    }

    @Test
    void an_excluded_item_is_said_to_be_removed_by_that_rule() {
        String shown = slate().get(0).getItemId();
        ItemExplanation explanation = explain(query().addExcludeItemIds(shown), shown);
        assertEquals(0, explanation.getPlace());
        assertRemoved(explanation, "exclude");
    }

    @Test
    void a_watched_item_is_said_to_be_removed_because_it_was_watched() {
        String shown = slate().get(0).getItemId();
        ItemExplanation explanation =
                explain(query().addRecent(funnel.watch(0).toBuilder().setItemId(shown)), shown);
        assertEquals(0, explanation.getPlace());
        assertRemoved(explanation, "watched");
    }

    @Test
    void an_item_that_was_outranked_or_never_nominated_is_said_to_be_so() {
        Set<String> shown = slate().stream().map(RecommendedItem::getItemId).collect(Collectors.toSet());
        List<String> others = IntStream.range(0, 100)
                .mapToObj(item -> funnel.world().itemId(item))
                .filter(item -> !shown.contains(item))
                .limit(40)
                .toList();
        List<ItemExplanation> explanations = funnel.gateway()
                .explain(ExplainRequest.newBuilder()
                        .setQuery(query())
                        .addAllItemIds(others)
                        .build())
                .getExplanationsList();
        assertEquals(
                others, explanations.stream().map(ItemExplanation::getItemId).toList());
        for (ItemExplanation explanation : explanations) {
            assertEquals(0, explanation.getPlace(), explanation::toString);
            assertFalse(explanation.getSummary().isBlank(), explanation::toString);
            assertTrue(explanation.getStage() != Stage.STAGE_UNSPECIFIED, explanation::toString);
        }
    }

    @Test
    void an_item_that_the_bundle_does_not_hold_is_said_to_be_unknown() {
        ItemExplanation explanation = explain(query(), "no-such-video");
        assertTrue(
                explanation.getTracesList().stream()
                        .anyMatch(trace -> trace.getVerdict() == TraceVerdict.TRACE_VERDICT_UNKNOWN_ITEM),
                explanation::toString);
    }

    private static void assertRemoved(ItemExplanation explanation, String rule) {
        assertTrue(
                explanation.getTracesList().stream()
                        .anyMatch(trace -> trace.getVerdict() == TraceVerdict.TRACE_VERDICT_REMOVED),
                explanation::toString);
        assertTrue((explanation.getComponent() + explanation.getSummary()).contains(rule), explanation::toString);
    }

    private List<RecommendedItem> slate() {
        return funnel.gateway()
                .recommend(RecommendRequest.newBuilder().setQuery(query()).build())
                .getItemsList();
    }

    private Query.Builder query() {
        return funnel.request(query -> query.setUserId(funnel.world().userId(USER))).getQuery().toBuilder();
    }

    private ItemExplanation explain(Query.Builder query, String item) {
        return funnel.gateway()
                .explain(ExplainRequest.newBuilder()
                        .setQuery(query)
                        .addItemIds(item)
                        .build())
                .getExplanations(0);
    }
}
