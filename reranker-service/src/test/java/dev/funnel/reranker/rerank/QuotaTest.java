package dev.funnel.reranker.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.reranker.rule.Catalogue;
import dev.funnel.reranker.rule.Quota;
import dev.funnel.reranker.rule.Request;
import dev.funnel.reranker.rule.Shortlist;
import dev.funnel.reranker.rule.SlateRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuotaTest extends SlateRuleContractTest {
    @Override
    SlateRule rule() {
        return new Quota("quota", true, "language", Map.of("en", 0.2), Map.of("de", 0.6));
    }

    @Override
    boolean heedsTheSize() {
        return true;
    }

    @Test
    void no_key_has_more_places_than_its_share_and_none_less() {
        Quota most = new Quota("q", true, "uploader", Map.of("u", 0.5), Map.of());
        assertEquals(
                List.of("a", "b", "d", "e"),
                ids(Slate.fill(List.of(most), fiveItems().forSlateOf(4), true, FAR)));
        Quota least = new Quota("q", true, "uploader", Map.of(), Map.of("w", 0.25, "v", 0.25));
        assertEquals(
                List.of("a", "b", "d", "e"),
                ids(Slate.fill(List.of(least), fiveItems().forSlateOf(4), true, FAR)));
        assertTrue(slate(fiveItems(), 5).contains("a"));
    }

    /** a to e with scores 5 to 1, by uploaders u, u, u, v, w, in categories x, x, y, z, z. */
    private static Shortlist fiveItems() {
        Catalogue catalogue = new Catalogue(0)
                .item("a")
                .uploader("u")
                .categories("x")
                .item("b")
                .uploader("u")
                .categories("x")
                .item("c")
                .uploader("u")
                .categories("y")
                .item("d")
                .uploader("v")
                .categories("z")
                .item("e")
                .uploader("w")
                .categories("z");
        Request request = new Request(catalogue);
        for (int i = 0; i < 5; i++) {
            request.candidate(catalogue.ids().get(i), 5 - i);
        }
        return shortlist(request.input());
    }
}
