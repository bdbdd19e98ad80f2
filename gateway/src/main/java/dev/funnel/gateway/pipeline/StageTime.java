package dev.funnel.gateway.pipeline;

import dev.funnel.runtime.wire.Stage;

/**
 * How long the gateway waited for a stage that it asked.
 *
 * @param sliceNanos how long it would have waited at most
 * @param ending how the call ended
 */
public record StageTime(Stage stage, long elapsedNanos, long sliceNanos, Ending ending) {
    /** How a call ended. */
    public enum Ending {
        ANSWERED,
        LATE,
        SHED,
        FAILED
    }
}
