package dev.funnel.retrieval;

import java.util.concurrent.TimeUnit;

/**
 * How long, and how hard, a search may try.
 *
 * @param deadlineNanos the instant, on the axis of {@link System#nanoTime}, at which a search gives up and returns what it has
 * @param effort how hard an approximate index tries, in (0, 1]; exact indexes do not read it
 * @param mostVisited how many items a search compares with the query before it gives up likewise, at least 1; it may exceed this by
 *     the few thousand that it compares between two looks
 */
public record SearchLimit(long deadlineNanos, float effort, int mostVisited) {

    public SearchLimit {
        if (!(effort > 0 && effort <= 1)) {
            throw new IllegalArgumentException("effort is " + effort + ", must be above 0 and at most 1");
        }
        Bounds.require("most visited", mostVisited, 1, Integer.MAX_VALUE);
    }

    /** A limit that does not bound how many items are visited. */
    public SearchLimit(long deadlineNanos, float effort) {
        this(deadlineNanos, effort, Integer.MAX_VALUE);
    }

    /** Full effort until the deadline. */
    public static SearchLimit until(long deadlineNanos) {
        return new SearchLimit(deadlineNanos, 1);
    }

    /** Full effort for a year: for offline work. */
    public static SearchLimit none() {
        return until(System.nanoTime() + TimeUnit.DAYS.toNanos(365));
    }

    /** The same limit with another effort. */
    public SearchLimit withEffort(float other) {
        return new SearchLimit(deadlineNanos, other, mostVisited);
    }

    /** A search's part of this limit, if it visits no more than one of {@code parts} shares of what may be visited. */
    public SearchLimit among(int parts) {
        return new SearchLimit(deadlineNanos, effort, Math.max(1, mostVisited / parts));
    }

    /** Whether a search that has compared so many items has to give up at this instant. */
    public boolean reached(int visited, long nowNanos) {
        return visited >= mostVisited || nanosLeft(nowNanos) <= 0;
    }

    /** Nanoseconds left; zero or less once the deadline has passed. */
    public long nanosLeft(long nowNanos) {
        return deadlineNanos - nowNanos;
    }
}
