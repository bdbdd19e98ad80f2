package dev.funnel.gateway.ladder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.runtime.telemetry.Metrics;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastGoodSlatesTest {
    private static final LastGoodSlates.Surface HOME = new LastGoodSlates.Surface("ann", "home", "");
    private static final List<LastGood> SLATE = List.of(new LastGood("a", 2), new LastGood("b", 1));

    private long nanos;
    private final LastGoodSlates slates = new LastGoodSlates(100, Duration.ofMinutes(10), () -> nanos, Metrics.off());

    @Test
    void a_slate_is_recalled_on_its_own_surface_only() {
        slates.remember(HOME, SLATE);
        assertEquals(SLATE, slates.recall(HOME));
        assertEquals(List.of(), slates.recall(new LastGoodSlates.Surface("ann", "related", "a")));
        assertEquals(List.of(), slates.recall(new LastGoodSlates.Surface("bob", "home", "")));
    }

    @Test
    void a_slate_is_forgotten_at_the_end_of_its_lifetime() {
        slates.remember(HOME, SLATE);
        nanos += Duration.ofMinutes(10).toNanos() - 1;
        assertEquals(SLATE, slates.recall(HOME));
        nanos += 1;
        assertEquals(List.of(), slates.recall(HOME));
    }

    @Test
    void anonymous_sessions_are_not_mixed_up() {
        LastGoodSlates.Surface anyone = new LastGoodSlates.Surface("", "home", "");
        slates.remember(anyone, SLATE);
        assertEquals(List.of(), slates.recall(anyone));
    }
}
