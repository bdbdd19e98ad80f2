package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BlockedUploaderTest extends FilterContractTest {
    @Override
    Filter filter() {
        return new BlockedUploader("blocked_uploader", false);
    }

    @Test
    void only_items_of_blocked_uploaders_go() {
        Request request = new Request(new Catalogue(0)
                        .item("a")
                        .uploader("mallory")
                        .item("b")
                        .uploader("alice")
                        .item("c"))
                .candidate("a", 1)
                .candidate("b", 1)
                .candidate("c", 1)
                .blocked("mallory", "alice")
                .blocked("nobody", "nothing");
        Screen screen = filter().screen(request.input());
        assertTrue(screen.removes(0));
        assertFalse(screen.removes(1));
        assertFalse(screen.removes(2));
        assertEquals("the user blocked uploader mallory", screen.reason(0));
    }
}
