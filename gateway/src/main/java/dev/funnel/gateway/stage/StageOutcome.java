package dev.funnel.gateway.stage;

import dev.funnel.runtime.wire.DegradationKind;
import java.util.Optional;

/**
 * How a call of a stage ended. A stage that fails is a value and not an exception: what to serve in its place is decided by
 * whoever reads the value.
 *
 * @param <A> what the stage gives
 */
public sealed interface StageOutcome<A extends StageAnswer> {
    /** It gave all that it was asked for. */
    record Complete<A extends StageAnswer>(A given) implements StageOutcome<A> {}

    /** It gave less than it was asked for, and says what it lost. */
    record Degraded<A extends StageAnswer>(A given) implements StageOutcome<A> {}

    /**
     * It gave nothing that can be used.
     *
     * @param kind late, failed, shed, version missing or misconfigured
     * @param cause why, for people
     */
    record Absent<A extends StageAnswer>(DegradationKind kind, String cause) implements StageOutcome<A> {}

    /**
     * It refused what the caller sent, which the gateway could not judge.
     *
     * @param field path in the caller's request
     * @param value what it held, as it may be shown
     * @param rule what it must be
     */
    record Refused<A extends StageAnswer>(String field, String value, String rule) implements StageOutcome<A> {}

    /** It was not asked: the pipeline does without it, or there was nothing to ask about. */
    record Skipped<A extends StageAnswer>() implements StageOutcome<A> {}

    static <A extends StageAnswer> StageOutcome<A> answered(A answer) {
        return answer.degradations().isEmpty() ? new Complete<>(answer) : new Degraded<>(answer);
    }

    static <A extends StageAnswer> StageOutcome<A> late(String cause) {
        return new Absent<>(DegradationKind.LATE, cause);
    }

    static <A extends StageAnswer> StageOutcome<A> failed(String cause) {
        return new Absent<>(DegradationKind.FAILED, cause);
    }

    /** What the stage gave, if anything. */
    default Optional<A> answer() {
        return switch (this) {
            case Complete<A>(A given) -> Optional.of(given);
            case Degraded<A>(A given) -> Optional.of(given);
            case Absent<A> absent -> Optional.empty();
            case Refused<A> refused -> Optional.empty();
            case Skipped<A> skipped -> Optional.empty();
        };
    }

    /** Whether the stage, or a part of it, refused because it does not hold the bundle version. */
    default boolean versionMissing() {
        return switch (this) {
            case Absent<A>(DegradationKind kind, String cause) -> kind == DegradationKind.VERSION_MISSING;
            case Degraded<A>(A given) ->
                given.degradations().stream().anyMatch(loss -> loss.kind() == DegradationKind.VERSION_MISSING);
            case Complete<A> complete -> false;
            case Refused<A> refused -> false;
            case Skipped<A> skipped -> false;
        };
    }
}
