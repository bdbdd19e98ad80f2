package dev.funnel.reranker.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.reranker.rule.Catalogue;
import dev.funnel.reranker.rule.Exposures;
import dev.funnel.reranker.rule.Pacing;
import dev.funnel.reranker.rule.Reach;
import dev.funnel.reranker.rule.Request;
import dev.funnel.reranker.rule.Shortlist;
import dev.funnel.reranker.rule.SlateRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PacingTest extends SlateRuleContractTest {
    @Override
    SlateRule rule() {
        return new Pacing("pacing", true, "uploader", Map.of("u1", 0.1, "u2", 0.1), Duration.ofDays(7));
    }

    @Test
    void a_key_that_has_had_its_share_waits() {
        Pacing half = new Pacing("p", true, "uploader", Map.of("u", 0.5), Duration.ofDays(7));
        Slate slate = Slate.fill(List.of(half), fiveItems(), true, FAR);
        assertEquals("d", ids(slate).getFirst());
        assertEquals("p", slate.cause(0).rule());
        Reach reach = reach(slate);
        assertEquals(2, reach.added().length);
        assertTrue(reach.added()[1] > 0 && reach.added()[1] < reach.added()[0]);
    }

    @Test
    void over_many_slates_the_share_is_held() {
        ExposureLedger ledger = new ExposureLedger();
        Pacing tenth = new Pacing("p", true, "uploader", Map.of("u", 0.1), Duration.ofDays(365));
        double[] shown = new double[2];
        for (int i = 0; i < 200; i++) {
            Slate slate = Slate.fill(
                    List.of(tenth), fiveItems(ledger.view("x", Request.NOW)).forSlateOf(2), false, FAR);
            Reach reach = reach(slate);
            shown[0] += reach.added()[0];
            shown[1] += reach.added()[1];
            ledger.add("x", slate.reaches(), Request.NOW);
        }
        assertEquals(0.1, shown[1] / shown[0], 0.005);
    }

    private static Shortlist fiveItems() {
        return fiveItems(Exposures.NONE);
    }

    /** a to e with scores 5 to 1, by uploaders u, u, u, v, w. */
    private static Shortlist fiveItems(Exposures before) {
        Catalogue catalogue = new Catalogue(0)
                .item("a")
                .uploader("u")
                .item("b")
                .uploader("u")
                .item("c")
                .uploader("u")
                .item("d")
                .uploader("v")
                .item("e")
                .uploader("w");
        Request request = new Request(catalogue).exposures(before);
        for (int i = 0; i < 5; i++) {
            request.candidate(catalogue.ids().get(i), 5 - i);
        }
        return shortlist(request.input());
    }
}
