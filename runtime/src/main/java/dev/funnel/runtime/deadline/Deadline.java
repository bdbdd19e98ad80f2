package dev.funnel.runtime.deadline;

import dev.funnel.runtime.error.DeadlinePassed;
import io.grpc.Context;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The absolute instant by which work must be done, on this process's {@link Ticker#SYSTEM}.
 *
 * @param nanos the instant
 */
public record Deadline(long nanos) {
    /** Further away than any call lives. */
    private static final Duration FAR = Duration.ofDays(1);

    public static Deadline after(Duration time) {
        return new Deadline(Ticker.SYSTEM.nanos() + time.toNanos());
    }

    /** The deadline of the gRPC call this thread works for; far away if there is none. */
    public static Deadline ofCall() {
        io.grpc.Deadline call = Context.current().getDeadline();
        return call == null
                ? after(FAR)
                : new Deadline(Ticker.SYSTEM.nanos() + call.timeRemaining(TimeUnit.NANOSECONDS));
    }

    /** What is left in nanoseconds; negative once it has passed. */
    public long remainingNanos() {
        return nanos - Ticker.SYSTEM.nanos();
    }

    public Duration remaining() {
        return Duration.ofNanos(remainingNanos());
    }

    public boolean passed() {
        return remainingNanos() <= 0;
    }

    /** The earlier of this instant and {@code time} from now: a part's slice. */
    public Deadline atMost(Duration time) {
        return earlierOf(after(time));
    }

    /** The instant {@code reserve} before this one: what is left for parts when the whole keeps some time for itself. */
    public Deadline minus(Duration reserve) {
        return new Deadline(nanos - reserve.toNanos());
    }

    public Deadline earlierOf(Deadline other) {
        return nanos - other.nanos <= 0 ? this : other;
    }

    /** Throws if it has passed; {@code doing} says what there was no time left for. */
    public void check(String doing) {
        if (passed()) {
            throw new DeadlinePassed("no time left for " + doing);
        }
    }
}
