package dev.funnel.reranker.rule;

import static dev.funnel.reranker.rule.Request.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExpiredTest extends FilterContractTest {
    @Override
    Filter filter() {
        return new Expired("expired", false);
    }

    @Test
    void an_item_expires_at_the_very_instant_it_says() {
        Request request = new Request(new Catalogue(0)
                        .item("before")
                        .expires(NOW - 1)
                        .item("at")
                        .expires(NOW)
                        .item("after")
                        .expires(NOW + 1)
                        .item("never"))
                .candidate("before", 1)
                .candidate("at", 1)
                .candidate("after", 1)
                .candidate("never", 1);
        Screen screen = filter().screen(request.input());
        assertTrue(screen.removes(0));
        assertTrue(screen.removes(1));
        assertFalse(screen.removes(2));
        assertFalse(screen.removes(3));
    }

    @Test
    void the_reason_says_how_long_ago() {
        Request request = new Request(new Catalogue(0).item("a").expires(NOW - 9_000_000)).candidate("a", 1);
        assertEquals("expired 2.5 h ago", filter().screen(request.input()).reason(0));
    }
}
