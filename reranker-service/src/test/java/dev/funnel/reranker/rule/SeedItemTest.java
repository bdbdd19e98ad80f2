package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SeedItemTest extends FilterContractTest {
    @Override
    Filter filter() {
        return new SeedItem("seed_item", false);
    }

    @Test
    void only_the_seed_item_goes_and_none_without_a_seed() {
        Request request = new Request(new Catalogue(0).item("a").item("b"))
                .candidate("a", 1)
                .candidate("b", 1)
                .seedItem("b");
        assertFalse(filter().screen(request.input()).removes(0));
        assertTrue(filter().screen(request.input()).removes(1));
        assertFalse(filter().screen(request.seedItem("").input()).removes(1));
    }
}
