package dev.funnel.reranker.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.reranker.rule.Catalogue;
import dev.funnel.reranker.rule.MinKeys;
import dev.funnel.reranker.rule.Request;
import dev.funnel.reranker.rule.Shortlist;
import dev.funnel.reranker.rule.SlateRule;
import java.util.List;
import org.junit.jupiter.api.Test;

class MinKeysTest extends SlateRuleContractTest {
    @Override
    SlateRule rule() {
        return new MinKeys("min_keys", true, "categories", 8, 500);
    }

    @Override
    boolean heedsTheSize() {
        return true;
    }

    @Test
    void the_last_places_are_kept_for_what_is_missing() {
        Slate slate = Slate.fill(
                List.of(new MinKeys("m", true, "categories", 3, 500)),
                fiveItems().forSlateOf(3),
                true,
                FAR);
        assertEquals(List.of("a", "c", "d"), ids(slate));
        Slate more = Slate.fill(
                List.of(new MinKeys("m", true, "categories", 4, 500)),
                fiveItems().forSlateOf(4),
                true,
                FAR);
        assertEquals(List.of("a", "c", "d", "b"), ids(more));
        assertTrue(more.relaxed().contains("m"));
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
