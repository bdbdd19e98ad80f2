package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.runtime.wire.FeatureValue;
import org.junit.jupiter.api.Test;

class AgeRatingTest extends FilterContractTest {
    @Override
    Filter filter() {
        return new AgeRating("age_rating", false, "maturity", 18, 0);
    }

    @Test
    void what_is_rated_for_older_people_goes() {
        Request request = new Request(new Catalogue(0)
                        .item("a")
                        .maturity(12)
                        .item("b")
                        .maturity(16)
                        .item("c"))
                .candidate("a", 1)
                .candidate("b", 1)
                .candidate("c", 1);
        Screen unknown = filter().screen(request.input());
        assertFalse(unknown.removes(1));
        Screen young = filter().screen(
                        request.profile("age", new FeatureValue.Number(12)).input());
        assertFalse(young.removes(0));
        assertTrue(young.removes(1));
        assertFalse(young.removes(2));
        assertEquals("rated 16, the viewer counts as 12", young.reason(1));
        Screen careful = new AgeRating("age", false, "maturity", 0, 18).screen(request.input());
        assertTrue(careful.removes(2));
    }
}
