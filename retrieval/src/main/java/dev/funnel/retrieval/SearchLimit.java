package dev.funnel.retrieval;

import java.util.concurrent.TimeUnit;

/**
 * How long, and how hard, a search may try.
 *
 * @param deadlineNanos the instant, on the axis of {@link System#nanoTime}, at which a search gives up and returns what it has
 * @param effort how hard an approximate index tries, in (0, 1]; exact indexes do not read it
 */
public record SearchLimit(long deadlineNanos, float effort) {

    public SearchLimit {
        if (!(effort > 0 && effort <= 1)) {
            throw new IllegalArgumentException("effort is " + effort + ", must be above 0 and at most 1");
        }
    }

    /** Full effort until the deadline. */
    public static SearchLimit until(long deadlineNanos) {
        return new SearchLimit(deadlineNanos, 1);
    }

    /** Full effort for a year: for offline work. */
    public static SearchLimit none() {
        return until(System.nanoTime() + TimeUnit.DAYS.toNanos(365));
    }

    /** Nanoseconds left; zero or less once the deadline has passed. */
    public long nanosLeft(long nowNanos) {
        return deadlineNanos - nowNanos;
    }
}
