package dev.funnel.reranker.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.Operand;
import dev.funnel.reranker.rule.Catalogue;
import dev.funnel.reranker.rule.Promotion;
import dev.funnel.reranker.rule.Request;
import dev.funnel.reranker.rule.Shortlist;
import dev.funnel.reranker.rule.SlateRule;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromotionTest extends SlateRuleContractTest {
    @Override
    SlateRule rule() {
        return new Promotion("promotion", true, new ItemPredicate.Equal("language", new Operand.Text("en")), 6, 10);
    }

    @Override
    boolean heedsTheSize() {
        return true;
    }

    @Test
    void the_last_of_the_first_places_are_kept_where_the_score_does_not_suffice() {
        ItemPredicate z = new ItemPredicate.Equal("categories", new Operand.Text("z"));
        Slate slate = Slate.fill(List.of(new Promotion("p", true, z, 1, 2)), fiveItems(), true, FAR);
        assertEquals(List.of("a", "d", "b", "c", "e"), ids(slate));
        assertEquals("p", slate.cause(1).rule());
        Slate both = Slate.fill(List.of(new Promotion("p", true, z, 3, 3)), fiveItems(), true, FAR);
        assertEquals(List.of("d", "e", "a", "b", "c"), ids(both));
        assertEquals(List.of("p"), both.relaxed());
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
