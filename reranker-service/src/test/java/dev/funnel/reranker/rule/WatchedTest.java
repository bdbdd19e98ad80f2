package dev.funnel.reranker.rule;

import static dev.funnel.reranker.rule.Request.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.runtime.wire.InteractionKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchedTest extends FilterContractTest {
    private static final long DAY = 86_400_000;

    @Override
    Filter filter() {
        return new Watched("watched", false, Duration.ofDays(7), 0);
    }

    @Test
    void a_watch_within_the_window_keeps_an_item_away_and_an_older_one_does_not() {
        Screen screen = screen(request()
                .recent("a", InteractionKind.WATCH, NOW - DAY)
                .recent("b", InteractionKind.WATCH, NOW - 7 * DAY)
                .recent("c", InteractionKind.WATCH, NOW - 7 * DAY - 1));
        assertTrue(screen.removes(0));
        assertTrue(screen.removes(1));
        assertFalse(screen.removes(2));
        assertEquals("watched 24 h ago", screen.reason(0));
        assertEquals("watched 7 days ago", screen.reason(1));
    }

    @Test
    void a_watch_at_an_unknown_time_counts() {
        Screen screen = screen(request().recent("a", InteractionKind.WATCH, 0));
        assertTrue(screen.removes(0));
        assertEquals("watched", screen.reason(0));
    }

    @Test
    void what_says_that_the_user_knows_the_item_counts_and_a_click_or_an_impression_does_not() {
        assertTrue(screen(request().recent("a", InteractionKind.PURCHASE, NOW)).removes(0));
        assertTrue(screen(request().recent("a", InteractionKind.LIKE, NOW)).removes(0));
        assertFalse(screen(request().recent("a", InteractionKind.CLICK, NOW)).removes(0));
        assertFalse(
                screen(request().recent("a", InteractionKind.IMPRESSION, NOW)).removes(0));
    }

    @Test
    void the_newest_watch_of_an_item_decides() {
        Screen screen = screen(request()
                .recent("a", InteractionKind.WATCH, NOW - DAY)
                .recent("a", InteractionKind.WATCH, NOW - 3 * DAY));
        assertEquals("watched 24 h ago", screen.reason(0));
    }

    @Test
    void older_watches_count_unless_recent_ones_reach_back_beyond_the_window() {
        Request within = request().recent("b", InteractionKind.WATCH, NOW - DAY).olderWatched("a");
        assertTrue(screen(within).removes(0));
        Request beyond =
                request().recent("b", InteractionKind.WATCH, NOW - 8 * DAY).olderWatched("a");
        assertFalse(screen(beyond).removes(0));
    }

    private Screen screen(Request request) {
        return filter().screen(request.input());
    }

    private static Request request() {
        return new Request(new Catalogue(0).item("a").item("b").item("c"))
                .candidate("a", 1)
                .candidate("b", 1)
                .candidate("c", 1);
    }
}
