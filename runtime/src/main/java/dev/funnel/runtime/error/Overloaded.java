package dev.funnel.runtime.error;

import java.time.Duration;

/** The call was turned away to keep the others served: RESOURCE_EXHAUSTED with the time after which to try again. */
public final class Overloaded extends Refusal {
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    public Overloaded(String message, Duration retryAfter) {
        super("OVERLOADED", message);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
