package dev.funnel.gateway.pipeline;

import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.wire.Stage;
import java.time.Duration;

/**
 * The time a request may spend on its stages, and how they share it.
 *
 * @param until when the stages have to be done: the deadline minus the reserve
 * @param slices the parts of the stages
 */
public record Budget(Deadline until, SliceConfiguration slices) {
    /** Less than this is not worth a call. */
    private static final long LEAST_NANOS = Duration.ofMillis(1).toNanos();

    private static final int PARTS = 10;

    /**
     * The time left until a deadline, less a reserve for the gateway's own work: a tenth of it, or more for deadlines so short that a tenth is
     * not enough. Where stages used up all of a long deadline the machine has too much to do, and the gateway's last steps are slow as well.
     */
    static Budget before(Deadline deadline, Duration leastReserve, SliceConfiguration slices) {
        long tenth = Math.max(0, deadline.remainingNanos()) / PARTS;
        return new Budget(deadline.minus(Duration.ofNanos(Math.max(leastReserve.toNanos(), tenth))), slices);
    }

    /** When a stage that starts now has to be done. */
    public Deadline slice(Stage stage) {
        long left = Math.max(0, until.remainingNanos());
        return until.atMost(Duration.ofNanos(left * part(stage) / partsFrom(stage)));
    }

    /** Whether there is time to call anybody. */
    public boolean spent() {
        return until.remainingNanos() < LEAST_NANOS;
    }

    private int part(Stage stage) {
        return switch (stage) {
            case CANDIDATES -> slices.candidates();
            case RANKING -> slices.ranking();
            case RERANKING -> slices.reranking();
            case GATEWAY, UNKNOWN -> throw new IllegalArgumentException(stage + " has no slice");
        };
    }

    private int partsFrom(Stage stage) {
        int parts = part(stage);
        if (stage == Stage.CANDIDATES) {
            parts += slices.ranking();
        }
        return stage == Stage.RERANKING ? parts : parts + slices.reranking();
    }
}
