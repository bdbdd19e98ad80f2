package dev.funnel.ranking.rank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funnel.inference.Ranker;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.DeadlinePassed;
import dev.funnel.runtime.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolScoringTest {
    private static final int SLICES = 4;

    @Test
    void a_deadline_that_passes_during_a_slice_ends_the_scoring_before_the_next() {
        Deadline deadline = Deadline.after(Duration.ofMillis(500));
        List<Integer> begun = new ArrayList<>();
        assertThrows(
                DeadlinePassed.class,
                () -> PoolScoring.slices(
                        begun,
                        (pool, from, to) -> {
                            pool.add(from);
                            Await.until("the deadline passes", deadline::passed);
                        },
                        0,
                        SLICES * Ranker.SLICE,
                        deadline));
        assertEquals(List.of(0), begun);
    }

    @Test
    void a_deadline_that_has_passed_assembles_and_scores_nothing() {
        List<Integer> begun = new ArrayList<>();
        assertThrows(
                DeadlinePassed.class,
                () -> PoolScoring.slices(
                        begun,
                        (pool, from, to) -> pool.add(from),
                        0,
                        SLICES * Ranker.SLICE,
                        Deadline.after(Duration.ofNanos(-1))));
        assertEquals(List.of(), begun);
    }

    @Test
    void with_time_every_slice_is_scored() {
        List<Integer> begun = new ArrayList<>();
        PoolScoring.slices(
                begun,
                (pool, from, to) -> pool.add(from),
                0,
                SLICES * Ranker.SLICE,
                Deadline.after(Duration.ofMinutes(1)));
        assertEquals(SLICES, begun.size());
    }
}
