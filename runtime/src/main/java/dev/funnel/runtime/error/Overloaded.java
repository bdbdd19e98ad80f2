package dev.funnel.runtime.error;

import java.time.Duration;

/** The call was turned away to keep the others served: RESOURCE_EXHAUSTED with the time after which to try again. */
public final class Overloaded extends Refusal {
    private static final long serialVersionUID = 1;

    /** Reason of a call beyond what its client may ask. */
    public static final String QUOTA_EXCEEDED = "QUOTA_EXCEEDED";

    private final Duration retryAfter;

    public Overloaded(String message, Duration retryAfter) {
        this("OVERLOADED", message, retryAfter);
    }

    private Overloaded(String reason, String message, Duration retryAfter) {
        super(reason, message);
        this.retryAfter = retryAfter;
    }

    /** The client has used up what it may ask for now. */
    public static Overloaded quotaExceeded(String message, Duration untilNext) {
        return new Overloaded(QUOTA_EXCEEDED, message, untilNext);
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
