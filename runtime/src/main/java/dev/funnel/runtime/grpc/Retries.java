package dev.funnel.runtime.grpc;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.time.Duration;

/**
 * A call whose replica could not be reached (UNAVAILABLE) is sent again, to another replica if there is one, within the deadline it has.
 * What was shed is not. Each failed call costs one of a channel's tokens and each good one earns a part of one; while half of them
 * are gone nothing is sent again, so that a service in trouble gets no more calls for it (gRFC A6).
 *
 * @param attempts most times a call is sent; 1: once
 * @param initialBackoff most time before the second; each further one waits up to twice as long
 * @param maxBackoff most time before any
 * @param tokens of a channel
 * @param tokensPerSuccess part of a token that a good call earns
 */
public record Retries(
        @Default("2") int attempts,
        @Default("5ms") Duration initialBackoff,
        @Default("50ms") Duration maxBackoff,
        @Default("10") int tokens,
        @Default("0.1") double tokensPerSuccess)
        implements CallPolicy {
    public Retries {
        Rule.between("attempts", attempts, 1, 5);
        Rule.between("initial_backoff", initialBackoff, Duration.ofMillis(1), Duration.ofSeconds(1));
        Rule.between("max_backoff", maxBackoff, initialBackoff, Duration.ofSeconds(10));
        Rule.between("tokens", tokens, 1, 1_000);
        Rule.between("tokens_per_success", tokensPerSuccess, 0.001, 1.0);
    }
}
