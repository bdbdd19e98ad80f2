package dev.funnel.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.wire.Stage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private static final SliceConfiguration SLICES = new SliceConfiguration(4, 4, 2);

    @Test
    void a_stage_may_use_its_part_of_what_is_left_for_it_and_the_later_ones() {
        Budget budget = new Budget(Deadline.after(Duration.ofSeconds(1_000)), SLICES);
        assertSeconds(400, budget.slice(Stage.CANDIDATES));
        assertSeconds(666.7, budget.slice(Stage.RANKING));
        assertSeconds(1_000, budget.slice(Stage.RERANKING));
    }

    @Test
    void of_a_short_deadline_the_reserve_is_kept_back_and_of_a_long_one_a_tenth() {
        Duration reserve = Duration.ofSeconds(50);
        Deadline brief = Deadline.after(Duration.ofSeconds(200));
        assertEquals(brief.minus(reserve), Budget.before(brief, reserve, SLICES).until());
        assertSeconds(
                900,
                Budget.before(Deadline.after(Duration.ofSeconds(1_000)), reserve, SLICES)
                        .until());
        assertTrue(Budget.before(Deadline.after(Duration.ofSeconds(30)), reserve, SLICES)
                .spent());
    }

    @Test
    void no_slice_reaches_beyond_the_whole() {
        Deadline until = Deadline.after(Duration.ofSeconds(10));
        Budget budget = new Budget(until, SLICES);
        for (Stage stage : new Stage[] {Stage.CANDIDATES, Stage.RANKING, Stage.RERANKING}) {
            assertTrue(budget.slice(stage).nanos() - until.nanos() <= 0, stage.name());
        }
    }

    @Test
    void a_deadline_that_passed_leaves_nothing() {
        Budget budget = new Budget(Deadline.after(Duration.ofSeconds(-1)), SLICES);
        assertTrue(budget.spent());
        assertTrue(budget.slice(Stage.RANKING).passed());
        assertFalse(new Budget(Deadline.after(Duration.ofSeconds(5)), SLICES).spent());
    }

    private static void assertSeconds(double expected, Deadline slice) {
        assertEquals(expected, slice.remainingNanos() / 1e9, 20);
    }
}
