package dev.funnel.reranker.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.reranker.rule.Catalogue;
import dev.funnel.reranker.rule.Pin;
import dev.funnel.reranker.rule.Request;
import dev.funnel.reranker.rule.Shortlist;
import dev.funnel.reranker.rule.SlateRule;
import java.util.List;
import org.junit.jupiter.api.Test;

class PinTest extends SlateRuleContractTest {
    @Override
    SlateRule rule() {
        return new Pin("pin", true, "v003", 4);
    }

    @Override
    boolean heedsTheSize() {
        return true;
    }

    @Test
    void a_pinned_item_stands_at_its_place_and_nowhere_else() {
        Shortlist five = fiveItems();
        assertEquals(List.of("b", "c", "a", "d", "e"), slate(new Pin("p", true, "a", 3), five));
        assertEquals(List.of("e", "a", "b", "c", "d"), slate(new Pin("p", true, "e", 1), five));
    }

    @Test
    void an_item_that_is_not_there_keeps_no_place() {
        assertEquals(List.of("a", "b", "c", "d", "e"), slate(new Pin("p", true, "ghost", 1), fiveItems()));
        Slate slate =
                Slate.fill(List.of(new Pin("p", true, "a", 3)), fiveItems().forSlateOf(2), true, FAR);
        assertEquals(List.of("a", "b"), ids(slate));
        assertTrue(slate.relaxed().isEmpty());
    }

    private static List<String> slate(Pin pin, Shortlist shortlist) {
        return ids(Slate.fill(List.of(pin), shortlist, true, FAR));
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
