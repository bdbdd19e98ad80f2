package dev.funnel.gateway.grpc;

import com.google.rpc.BadRequest;
import dev.funnel.gateway.stage.StageAnswer;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.grpc.Failures;
import dev.funnel.runtime.telemetry.CallSpan;
import dev.funnel.runtime.telemetry.SparseLines;
import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.DegradationKind;
import dev.funnel.runtime.wire.Stage;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * Calls of remote stages whose every ending is a value: an answer that keeps the contract, or an absence with its cause. An
 * answer that breaks the contract (scores that are not finite, columns of wrong lengths, repeated items, another bundle version)
 * is a failure of the stage like any other, and nothing of it is used.
 */
final class StageCalls {
    private static final SparseLines LINES = new SparseLines(LoggerFactory.getLogger(StageCalls.class));

    /** What a stage says to whoever asks for what it does not know, or may not: it would say so again. */
    private static final Set<Status.Code> MISCONFIGURED = EnumSet.of(
            Status.Code.INVALID_ARGUMENT,
            Status.Code.UNIMPLEMENTED,
            Status.Code.UNAUTHENTICATED,
            Status.Code.PERMISSION_DENIED);

    /** Fields that stages get as the caller sent them. */
    private static final Pattern CALLERS_FIELD = Pattern.compile("(query|expressions)\\b");

    private StageCalls() {}

    /** @param stage which is called; the name of the span, where the request is traced */
    static <A extends StageAnswer> StageOutcome<A> outcome(Stage stage, Supplier<A> call) {
        return CallSpan.current().calling(stage.name().toLowerCase(Locale.ROOT), span -> {
            StageOutcome<A> outcome = ended(stage, call);
            describe(outcome, span);
            return outcome;
        });
    }

    private static void describe(StageOutcome<?> outcome, CallSpan span) {
        switch (outcome) {
            case StageOutcome.Absent<?>(DegradationKind kind, String cause) -> span.failed(kind + ": " + cause);
            case StageOutcome.Refused<?> refused -> span.failed("refused: " + refused.rule());
            case StageOutcome.Complete<?>(StageAnswer answer) -> describe(answer, span);
            case StageOutcome.Degraded<?>(StageAnswer answer) -> describe(answer, span);
            case StageOutcome.Skipped<?> skipped -> {}
        }
    }

    private static void describe(StageAnswer answer, CallSpan span) {
        span.count("items_in", answer.report().itemsIn())
                .count("items_out", answer.report().itemsOut())
                .count("degradations", answer.degradations().size());
    }

    private static <A extends StageAnswer> StageOutcome<A> ended(Stage stage, Supplier<A> call) {
        try {
            return StageOutcome.answered(call.get());
        } catch (StatusRuntimeException e) {
            Optional<StageOutcome<A>> refused = refused(e);
            return refused.isPresent() ? refused.get() : new StageOutcome.Absent<>(kind(e), Failures.describe(e));
        } catch (CallerError e) {
            LINES.warn(stage + " contract", stage + " broke the contract: " + e.getMessage());
            return StageOutcome.failed("its answer breaks the contract: " + e.getMessage());
        } catch (RuntimeException e) {
            LINES.error(stage + " " + e.getClass().getName(), stage + " could not be called", e);
            return StageOutcome.failed("it could not be called: " + e);
        }
    }

    /** The stub with what is left until a deadline. */
    static <S extends AbstractStub<S>> S until(S stub, Deadline until) {
        return stub.withDeadlineAfter(Math.max(0, until.remainingNanos()), TimeUnit.NANOSECONDS);
    }

    /** A stage answers from the version it was asked for; the contract has it say so. */
    static void checkVersion(BundleRef asked, dev.funnel.proto.common.v1.BundleRef answered) {
        if (!answered.getVersion().equals(asked.version())) {
            throw new CallerError("bundle.version", answered.getVersion(), "must be " + asked.version());
        }
    }

    /** A refusal of what the caller itself sent, and the gateway passed on. */
    private static <A extends StageAnswer> Optional<StageOutcome<A>> refused(StatusRuntimeException failure) {
        if (failure.getStatus().getCode() != Status.Code.INVALID_ARGUMENT) {
            return Optional.empty();
        }
        return Failures.detail(failure, BadRequest.class).stream()
                .flatMap(details -> details.getFieldViolationsList().stream())
                .filter(violation -> CALLERS_FIELD.matcher(violation.getField()).lookingAt())
                .findFirst()
                .map(violation -> refused(violation.getField(), violation.getDescription()));
    }

    /** @param description value and rule: {@code "x" must be y} */
    private static <A extends StageAnswer> StageOutcome<A> refused(String field, String description) {
        int rule = description.indexOf(" must ");
        return rule < 0
                ? new StageOutcome.Refused<>(field, "", description)
                : new StageOutcome.Refused<>(field, description.substring(0, rule), description.substring(rule + 1));
    }

    /** A stage that refuses without a reason is taken to lack the version, which is what the contract has the status for. */
    private static DegradationKind kind(StatusRuntimeException failure) {
        boolean unreasoned = failure.getStatus().getCode() == Status.Code.FAILED_PRECONDITION
                && Failures.reason(failure).isEmpty();
        if (MISCONFIGURED.contains(failure.getStatus().getCode())) {
            return DegradationKind.MISCONFIGURED;
        }
        return unreasoned ? DegradationKind.VERSION_MISSING : Failures.degradationKind(failure);
    }
}
