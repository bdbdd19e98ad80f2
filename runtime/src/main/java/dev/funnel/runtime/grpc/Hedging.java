package dev.funnel.runtime.grpc;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.time.Duration;

/**
 * A call that is not answered after a while is sent to a second replica, never to the same, and the first answer counts. So is a
 * call whose replica could not be reached. A call earns a part of a second one, so that there are never many more.
 *
 * @param delay after which a call is sent again
 * @param budget part of a second call that each call earns; ten are there at start, and at most
 */
public record Hedging(
        @Default("20ms") Duration delay, @Default("0.05") double budget) implements CallPolicy {
    public Hedging {
        Rule.between("delay", delay, Duration.ofMillis(1), Duration.ofSeconds(10));
        Rule.between("budget", budget, 0.001, 1.0);
    }
}
