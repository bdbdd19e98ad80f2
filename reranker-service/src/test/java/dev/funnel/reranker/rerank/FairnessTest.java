package dev.funnel.reranker.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.Operand;
import dev.funnel.reranker.rule.Catalogue;
import dev.funnel.reranker.rule.Exposures;
import dev.funnel.reranker.rule.Fairness;
import dev.funnel.reranker.rule.Request;
import dev.funnel.reranker.rule.Shortlist;
import dev.funnel.reranker.rule.SlateRule;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FairnessTest extends SlateRuleContractTest {
    @Override
    SlateRule rule() {
        return new Fairness("fairness", true, GROUP, 0.6, Duration.ofDays(7));
    }

    private static final ItemPredicate GROUP = new ItemPredicate.Equal("uploader", new Operand.Text("u1"));

    @Test
    void over_a_thousand_slates_the_group_has_its_share_and_the_cost_is_told() {
        ExposureLedger ledger = new ExposureLedger();
        Fairness fifth = new Fairness("fairness", true, GROUP, 0.2, Duration.ofDays(365));
        double[] shown = new double[2];
        double cost = 0;
        for (int i = 0; i < 1_000; i++) {
            Shortlist pool = pool(i, ledger.view("x", Request.NOW));
            Slate slate = Slate.fill(List.of(fifth), pool.forSlateOf(20), false, FAR);
            double[] added = reach(slate).added();
            shown[0] += added[0];
            shown[1] += added[1];
            cost += SlateMeasures.of(slate).getOrDefault("fairness.relevance_cost", 0.0) / 1_000;
            ledger.add("x", slate.reaches(), Request.NOW);
        }
        assertEquals(0.2, shown[1] / shown[0], 0.002);
        assertTrue(cost > 0 && cost < 0.5, "cost " + cost);
    }

    @Test
    void a_slate_is_replayed_from_what_it_read_before() {
        Exposures before = (rule, keys, halfLife) -> new double[] {100, 5};
        Slate first = Slate.fill(List.of(rule()), pool(3, before).forSlateOf(20), false, FAR);
        double[] read = reach(first).before();
        Slate again =
                Slate.fill(List.of(rule()), pool(3, (r, k, h) -> read.clone()).forSlateOf(20), false, FAR);
        assertEquals(ids(first), ids(again));
        assertTrue(!ids(first).equals(ids(Slate.fill(List.of(rule()), pool(3, Exposures.NONE), false, FAR))));
    }

    @Test
    void where_the_group_has_nothing_left_the_rule_gives_way_and_says_so() {
        Request request = new Request(new Catalogue(0)
                .item("a")
                .uploader("u1")
                .item("b")
                .uploader("v")
                .item("c")
                .uploader("v"));
        request.candidate("a", 1).candidate("b", 3).candidate("c", 2);
        Slate slate = Slate.fill(List.of(rule()), shortlist(request.input()), true, FAR);
        assertEquals(List.of("a", "b", "c"), ids(slate));
        assertEquals(List.of("fairness"), slate.relaxed());
    }

    /** 60 items, a tenth of them of the group, whose scores are worse than most. */
    private static Shortlist pool(long seed, Exposures before) {
        Catalogue catalogue = Catalogue.random(60, 0, 77);
        Request request = new Request(catalogue.snapshot()).exposures(before);
        Random random = new Random(seed);
        for (String id : catalogue.ids()) {
            int item = catalogue.snapshot().items().indexOf(id);
            boolean group = "u1".equals(uploader(catalogue, item));
            request.candidate(id, random.nextGaussian() - (group ? 1.5 : 0));
        }
        return shortlist(request.input());
    }

    private static String uploader(Catalogue catalogue, int item) {
        return catalogue
                .snapshot()
                .facts()
                .uploaders()
                .value(catalogue.snapshot().facts().uploaders().code(item, 0));
    }
}
