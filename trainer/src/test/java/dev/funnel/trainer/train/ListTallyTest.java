package dev.funnel.trainer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ListTallyTest {

    private static final double LOG_2_3 = Math.log(3) / Math.log(2);

    @Test
    void a_list_is_measured_as_by_hand() {
        ListTally tally = new ListTally();
        tally.add(new boolean[] {false, true, false}, 2);
        ListMetrics one = tally.mean();
        assertEquals(.5, one.recallAt50());
        assertEquals((1 / LOG_2_3) / (1 + 1 / LOG_2_3), one.ndcgAt10(), 1e-12);
        assertEquals(1, one.hitRateAt10());
    }

    @Test
    void users_count_alike() {
        ListTally tally = new ListTally();
        tally.add(new boolean[] {true}, 1);
        tally.add(new boolean[] {}, 5);
        assertEquals(new ListMetrics(.5, .5, .5, 2), tally.mean());
    }

    @Test
    void places_beyond_the_cut_count_nothing() {
        boolean[] at50 = new boolean[60];
        at50[50] = true;
        at50[10] = true;
        ListTally tally = new ListTally();
        tally.add(at50, 2);
        assertEquals(new ListMetrics(.5, 0, 0, 1), tally.mean());
    }

    @Test
    void without_users_there_is_no_figure() {
        assertTrue(Double.isNaN(new ListTally().mean().ndcgAt10()));
    }
}
