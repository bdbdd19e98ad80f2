package dev.funnel.gateway.pipeline;

import dev.funnel.runtime.wire.Stage;

/**
 * How long the gateway waited for a stage that it asked.
 *
 * @param sliceNanos how long it would have waited at most
 * @param ending how the call ended
 */
public record StageTime(Stage stage, long elapsedNanos, long sliceNanos, Ending ending) {
    /** Which share of its slice it took; at least 1 if it was late or turned away, which says that there is too much to do. */
    public double share() {
        double share = (double) elapsedNanos / Math.max(1, sliceNanos);
        return switch (ending) {
            case ANSWERED, FAILED -> share;
            case LATE, SHED -> Math.max(1, share);
        };
    }

    /** How a call ended. */
    public enum Ending {
        ANSWERED,
        LATE,
        SHED,
        FAILED
    }
}
