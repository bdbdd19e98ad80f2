package dev.funnel.gateway.effort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EffortControllerTest {
    private static final EffortSettings SETTINGS = new EffortSettings(.25, .8, .5, .7, .1, Duration.ofMillis(500));

    private long nanos;
    private final EffortController controller = new EffortController(SETTINGS, () -> nanos);

    @Test
    void slow_stages_lower_it_period_by_period_down_to_the_floor() {
        assertEquals(1, controller.effort());
        period(.95, .95, .95);
        assertEquals(.7f, controller.effort());
        period(.95, .95, .95);
        assertEquals(.49f, controller.effort());
        for (int i = 0; i < 20; i++) {
            period(1, 1);
        }
        assertEquals(.25f, controller.effort());
    }

    @Test
    void fast_stages_raise_it_again_by_equal_steps() {
        period(1, 1);
        period(1, 1);
        period(.3);
        assertEquals(.59f, controller.effort());
        for (int i = 0; i < 5; i++) {
            period(.3);
        }
        assertEquals(1, controller.effort());
    }

    @Test
    void between_the_marks_it_stays() {
        period(1, 1);
        for (int i = 0; i < 10; i++) {
            period(.65, .65);
        }
        assertEquals(.7f, controller.effort());
    }

    @Test
    void a_single_slow_call_lowers_nothing() {
        period(1);
        assertEquals(1, controller.effort());
        controller.took(.2);
        assertEquals(1, controller.effort());
        period(1, .2, .2, .2);
        assertEquals(1, controller.effort());
    }

    @Test
    void it_is_decided_once_a_period_however_many_calls_there_are() {
        for (int i = 0; i < 5_000; i++) {
            controller.took(1);
        }
        nanos += SETTINGS.period().toNanos() - 1;
        assertEquals(1, controller.effort());
        nanos += 1;
        assertEquals(.7f, controller.effort());
        assertEquals(.7f, controller.effort());
    }

    @Test
    void after_a_pause_it_is_full_again() {
        period(1, 1);
        assertTrue(controller.effort() < 1);
        nanos += 8 * SETTINGS.period().toNanos();
        assertEquals(1, controller.effort());
    }

    private void period(double... shares) {
        for (double share : shares) {
            controller.took(share);
        }
        nanos += SETTINGS.period().toNanos();
        controller.effort();
    }
}
