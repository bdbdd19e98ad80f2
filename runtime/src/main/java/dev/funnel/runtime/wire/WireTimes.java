package dev.funnel.runtime.wire;

import com.google.protobuf.Timestamp;
import dev.funnel.runtime.error.CallerError;
import java.time.Duration;
import java.time.Instant;

/** Instants and durations, from and to the well-known types of the contract. */
public final class WireTimes {
    private static final long YEAR_1_SECONDS =
            Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    private static final long YEAR_9999_SECONDS =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final long DURATION_SECONDS = 315_576_000_000L;
    private static final int NANOS = 1_000_000_000;

    private WireTimes() {}

    /** An instant between the years 1 and 9999. */
    public static Instant instant(String field, Timestamp wire) {
        boolean inYears = wire.getSeconds() >= YEAR_1_SECONDS && wire.getSeconds() <= YEAR_9999_SECONDS;
        if (!inYears || wire.getNanos() < 0 || wire.getNanos() >= NANOS) {
            throw new CallerError(
                    field, wire.getSeconds() + " s " + wire.getNanos() + " ns", "must be between the years 1 and 9999");
        }
        return Instant.ofEpochSecond(wire.getSeconds(), wire.getNanos());
    }

    /** A duration of at most 10,000 years, of either sign. */
    public static Duration duration(String field, com.google.protobuf.Duration wire) {
        boolean inYears = wire.getSeconds() >= -DURATION_SECONDS && wire.getSeconds() <= DURATION_SECONDS;
        if (!inYears || wire.getNanos() <= -NANOS || wire.getNanos() >= NANOS) {
            throw new CallerError(
                    field, wire.getSeconds() + " s " + wire.getNanos() + " ns", "must be at most 10,000 years");
        }
        return Duration.ofSeconds(wire.getSeconds(), wire.getNanos());
    }

    public static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    /** A duration that is not negative, as the well-known type. */
    public static com.google.protobuf.Duration duration(Duration duration) {
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }
}
