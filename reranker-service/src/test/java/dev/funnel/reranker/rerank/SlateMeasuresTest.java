package dev.funnel.reranker.rerank;

import static dev.funnel.reranker.rule.Request.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.funnel.reranker.rule.Catalogue;
import dev.funnel.reranker.rule.MaxPerKey;
import dev.funnel.reranker.rule.Request;
import dev.funnel.reranker.rule.Shortlist;
import dev.funnel.reranker.rule.SlateRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlateMeasuresTest {
    private static final double EXACT = 1e-6;

    /** Cosines: a-b 0.6, a-c 0, b-c 0.8; d has no embedding and is not in the slate. */
    @Test
    void every_measure_is_what_its_definition_says() {
        Map<String, Double> measures = measures(List.of(), 3);
        assertEquals((0.6 + 0 + 0.8) / 3, measures.getOrDefault("intra_list_similarity", Double.NaN), EXACT);
        assertEquals(0.0, measures.getOrDefault("items_without_embedding", Double.NaN));
        assertEquals(3 / 4.0, measures.getOrDefault("category_coverage", Double.NaN), EXACT);
        assertEquals((100 + 200) / 2.0, measures.getOrDefault("mean_item_age_seconds", Double.NaN), EXACT);
        assertEquals(1, measures.getOrDefault("relevance_kept", Double.NaN), EXACT);
    }

    /** Scores 10, 9, 6, 4 by uploader x, x, y, x: a and c stand, b does not. Above the lowest: 6 + 2 of 6 + 5. */
    @Test
    void relevance_kept_is_what_a_rule_left_of_the_best_scores() {
        MaxPerKey apart = new MaxPerKey("apart", true, "uploader", 1, 2);
        assertEquals(8 / 11.0, measures(List.of(apart), 2).getOrDefault("relevance_kept", Double.NaN), EXACT);
    }

    @Test
    void measures_that_are_not_defined_are_left_out() {
        Shortlist shortlist = SlateRuleContractTest.shortlist(
                new Request(new Catalogue(2).item("a")).candidate("a", 1).input());
        Map<String, Double> measures =
                SlateMeasures.of(Slate.fill(List.of(), shortlist.forSlateOf(1), false, SlateRuleContractTest.FAR));
        assertEquals(Map.of("items_without_embedding", 1.0, "relevance_kept", 1.0), measures);
        assertFalse(measures.containsKey("intra_list_similarity"));
    }

    private static Map<String, Double> measures(List<SlateRule> rules, int size) {
        Catalogue catalogue = new Catalogue(2)
                .item("a")
                .uploader("x")
                .vector(5, 0)
                .categories("p", "q")
                .published(NOW - 100_000)
                .item("b")
                .uploader("x")
                .vector(3, 4)
                .categories("q")
                .item("c")
                .uploader("y")
                .vector(0, 1)
                .categories("r")
                .published(NOW - 200_000)
                .item("d")
                .uploader("x")
                .categories("s");
        Shortlist shortlist = SlateRuleContractTest.shortlist(new Request(catalogue)
                .candidate("a", 10)
                .candidate("b", 9)
                .candidate("c", 6)
                .candidate("d", 4)
                .input());
        return SlateMeasures.of(Slate.fill(rules, shortlist.forSlateOf(size), false, SlateRuleContractTest.FAR));
    }
}
