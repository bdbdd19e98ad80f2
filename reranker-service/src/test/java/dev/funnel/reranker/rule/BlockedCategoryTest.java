package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BlockedCategoryTest extends FilterContractTest {
    @Override
    Filter filter() {
        return new BlockedCategory("blocked_category", false);
    }

    @Test
    void one_blocked_category_among_several_is_enough() {
        Request request = new Request(new Catalogue(0)
                        .item("a")
                        .categories("cats", "politics")
                        .item("b")
                        .categories("cats")
                        .item("c"))
                .candidate("a", 1)
                .candidate("b", 1)
                .candidate("c", 1)
                .blocked("cats", "politics");
        Screen screen = filter().screen(request.input());
        assertTrue(screen.removes(0));
        assertFalse(screen.removes(1));
        assertFalse(screen.removes(2));
        assertEquals("the user blocked category politics", screen.reason(0));
    }
}
