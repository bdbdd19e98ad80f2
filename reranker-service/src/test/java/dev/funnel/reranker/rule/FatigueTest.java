package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FatigueTest extends FilterContractTest {
    @Override
    Filter filter() {
        return new Fatigue("fatigue", true, 5);
    }

    @Test
    void what_was_shown_in_vain_often_enough_goes() {
        Request request = new Request(new Catalogue(0).item("a").item("b").item("c"))
                .candidate("a", 1)
                .candidate("b", 1)
                .candidate("c", 1)
                .unclicked("a", 4)
                .unclicked("b", 5);
        Screen screen = filter().screen(request.input());
        assertFalse(screen.removes(0));
        assertTrue(screen.removes(1));
        assertFalse(screen.removes(2));
        assertEquals("shown 5 times without a click", screen.reason(1));
    }
}
