package dev.funnel.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingPaceTest {
    private static final long MILLI = 1_000_000;

    private final List<Long> waits = new ArrayList<>();
    private long now = -5 * MILLI;

    /** 1,000 bytes a second, on a clock that stands still but for the waiting. */
    private final ReadingPace pace = new ReadingPace(1_000, () -> now, nanos -> {
        waits.add(nanos);
        now += nanos;
    });

    @Test
    void whoever_is_ahead_waits_until_the_piece_is_due() {
        pace.read(10);
        now += 4 * MILLI;
        pace.read(10);
        assertEquals(List.of(10 * MILLI, 6 * MILLI), waits);
    }

    @Test
    void time_that_was_lost_is_not_made_up_for() {
        now += 5_000 * MILLI;
        pace.read(10);
        pace.read(20);
        assertEquals(List.of(20 * MILLI), waits);
    }

    @Test
    void several_threads_share_one_pace() {
        List<Long> dues = new ArrayList<>();
        ReadingPace shared = new ReadingPace(1_000, () -> now, dues::add);
        shared.read(10);
        shared.read(10);
        assertEquals(List.of(10 * MILLI, 20 * MILLI), dues, "as if each were on a thread of its own");
    }

    @Test
    void a_pace_of_nothing_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> ReadingPace.of(0));
    }
}
