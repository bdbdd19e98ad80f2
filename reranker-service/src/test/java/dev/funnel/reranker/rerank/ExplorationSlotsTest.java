package dev.funnel.reranker.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.reranker.rule.Catalogue;
import dev.funnel.reranker.rule.ExplorationSlots;
import dev.funnel.reranker.rule.Exposures;
import dev.funnel.reranker.rule.Request;
import dev.funnel.reranker.rule.Shortlist;
import dev.funnel.reranker.rule.SlateRule;
import dev.funnel.reranker.snapshot.RerankerSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExplorationSlotsTest extends SlateRuleContractTest {
    private static final Map<String, RerankerSnapshot> SNAPSHOTS = new TreeMap<>();

    @Override
    SlateRule rule() {
        return new ExplorationSlots(
                "exploration", Duration.ofDays(10), null, List.of(3, 7), 1, 1, Duration.ofDays(7), 100);
    }

    @Override
    boolean heedsTheSize() {
        return true;
    }

    @Test
    void each_new_item_has_the_probability_that_is_told() {
        Map<String, Integer> drawn = new TreeMap<>();
        int draws = 4_000;
        for (long seed = 0; seed < draws; seed++) {
            Slate slate = Slate.fill(List.of(rule(0.5, 1)), threeNew(seed, Exposures.NONE), false, FAR);
            for (int place = 0; place < slate.size(); place++) {
                if (slate.propensity(slate.rank(place)) > 0) {
                    assertEquals(0.5 / 3, slate.propensity(slate.rank(place)), 1e-9);
                    assertEquals(1, place);
                    drawn.merge(slate.shortlist().id(slate.rank(place)), 1, Integer::sum);
                }
            }
        }
        assertEquals(List.of("n1", "n2", "n3"), List.copyOf(drawn.keySet()));
        drawn.forEach((id, count) -> assertEquals(0.5 / 3, (double) count / draws, 0.02, id));
    }

    @Test
    void a_budget_that_is_spent_ends_the_draws() {
        ExposureLedger ledger = new ExposureLedger();
        double[] shown = new double[2];
        for (long seed = 0; seed < 500; seed++) {
            Shortlist shortlist = threeNew(seed, ledger.view("x", Request.NOW));
            Slate slate = Slate.fill(List.of(rule(1, 0.1)), shortlist, false, FAR);
            double[] added = reach(slate).added();
            shown[0] += added[0];
            shown[1] += added[1];
            ledger.add("x", slate.reaches(), Request.NOW);
        }
        assertEquals(0.1, shown[1] / shown[0], 0.002);
    }

    private static ExplorationSlots rule(double rate, double budget) {
        return new ExplorationSlots(
                "exploration", Duration.ofDays(3), null, List.of(2), rate, budget, Duration.ofDays(365), 100);
    }

    /** Two old items before three new ones. */
    private static Shortlist threeNew(long seed, Exposures before) {
        long old = Request.NOW - Duration.ofDays(4).toMillis();
        Catalogue catalogue = new Catalogue(0)
                .item("o1")
                .published(old)
                .item("o2")
                .published(old)
                .item("n1")
                .published(Request.NOW)
                .item("n2")
                .published(Request.NOW)
                .item("n3")
                .published(Request.NOW);
        Request request = new Request(SNAPSHOTS.computeIfAbsent("three", key -> catalogue.snapshot()))
                .exposures(before)
                .seed(seed);
        for (int i = 0; i < 5; i++) {
            request.candidate(catalogue.ids().get(i), 5 - i);
        }
        assertTrue(request.input().seed() == seed);
        return shortlist(request.input());
    }
}
