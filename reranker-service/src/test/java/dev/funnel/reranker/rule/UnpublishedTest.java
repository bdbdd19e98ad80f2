package dev.funnel.reranker.rule;

import static dev.funnel.reranker.rule.Request.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UnpublishedTest extends FilterContractTest {
    @Override
    Filter filter() {
        return new Unpublished("unpublished", false);
    }

    @Test
    void an_item_is_there_from_the_very_instant_it_is_published() {
        Request request = new Request(new Catalogue(0)
                        .item("at")
                        .published(NOW)
                        .item("after")
                        .published(NOW + 7_200_000)
                        .item("unknown"))
                .candidate("at", 1)
                .candidate("after", 1)
                .candidate("unknown", 1);
        Screen screen = filter().screen(request.input());
        assertFalse(screen.removes(0));
        assertTrue(screen.removes(1));
        assertFalse(screen.removes(2));
        assertEquals("not published for another 2 h", screen.reason(1));
    }
}
