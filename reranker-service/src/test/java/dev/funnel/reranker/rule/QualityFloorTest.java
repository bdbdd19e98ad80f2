package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.runtime.error.CallerError;
import org.junit.jupiter.api.Test;

class QualityFloorTest extends FilterContractTest {
    @Override
    Filter filter() {
        return new QualityFloor("quality_floor", false, "duration_seconds", null, 400);
    }

    @Test
    void what_is_below_the_floor_of_a_head_or_a_column_goes_and_what_has_no_value_stays() {
        Request request = new Request(new Catalogue(0)
                        .item("a")
                        .duration(399)
                        .item("b")
                        .duration(400)
                        .item("c"))
                .candidate("a", 3)
                .candidate("b", 2)
                .candidate("c", 1)
                .head("watch_time", "a", 5);
        Screen screen = filter().screen(request.input());
        assertTrue(screen.removes(0));
        assertFalse(screen.removes(1));
        assertFalse(screen.removes(2));
        assertEquals("duration_seconds is 399.0, below 400.0", screen.reason(0));
        Screen head = new QualityFloor("q", false, null, "watch_time", 1).screen(request.input());
        assertFalse(head.removes(0));
        assertTrue(head.removes(1));
        Screen score = new QualityFloor("q", false, null, "score", 2).screen(request.input());
        assertFalse(score.removes(1));
        assertTrue(score.removes(2));
    }

    @Test
    void a_head_that_does_not_come_along_is_the_callers_error() {
        RerankInput input =
                new Request(new Catalogue(0).item("a")).candidate("a", 1).input();
        CallerError error =
                assertThrows(CallerError.class, () -> new QualityFloor("q", false, null, "likes", 1).screen(input));
        assertEquals("heads", error.field());
    }
}
