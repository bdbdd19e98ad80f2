package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.runtime.wire.InteractionKind;
import org.junit.jupiter.api.Test;

class DislikedTest extends FilterContractTest {
    @Override
    Filter filter() {
        return new Disliked("disliked", false);
    }

    @Test
    void an_item_disliked_lately_goes_too() {
        Request request = new Request(new Catalogue(0).item("a").item("b").item("c"))
                .candidate("a", 1)
                .candidate("b", 1)
                .candidate("c", 1)
                .disliked("a")
                .disliked("no such item")
                .recent("b", InteractionKind.DISLIKE, 0)
                .recent("c", InteractionKind.WATCH, 0);
        Screen screen = filter().screen(request.input());
        assertTrue(screen.removes(0));
        assertTrue(screen.removes(1));
        assertFalse(screen.removes(2));
    }
}
