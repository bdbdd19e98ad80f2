package dev.funnel.gateway.grpc;

import dev.funnel.gateway.stage.StageAnswer;
import dev.funnel.gateway.stage.StageOutcome;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.grpc.Failures;
import dev.funnel.runtime.wire.BundleRef;
import dev.funnel.runtime.wire.DegradationKind;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls of remote stages whose every ending is a value: an answer that keeps the contract, or an absence with its cause. An
 * answer that breaks the contract (scores that are not finite, columns of wrong lengths, repeated items, another bundle version)
 * is a failure of the stage like any other, and nothing of it is used.
 */
final class StageCalls {
    private static final Logger log = LoggerFactory.getLogger(StageCalls.class);

    private StageCalls() {}

    static <A extends StageAnswer> StageOutcome<A> outcome(Supplier<A> call) {
        try {
            return StageOutcome.answered(call.get());
        } catch (StatusRuntimeException e) {
            return new StageOutcome.Absent<>(kind(e), Failures.describe(e));
        } catch (CallerError e) {
            log.warn("a stage broke the contract: {}", e.getMessage());
            return StageOutcome.failed("its answer breaks the contract: " + e.getMessage());
        } catch (RuntimeException e) {
            log.error("a stage could not be called", e);
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

    /** A stage that refuses without a reason is taken to lack the version, which is what the contract has the status for. */
    private static DegradationKind kind(StatusRuntimeException failure) {
        boolean unreasoned = failure.getStatus().getCode() == Status.Code.FAILED_PRECONDITION
                && Failures.reason(failure).isEmpty();
        return unreasoned ? DegradationKind.VERSION_MISSING : Failures.degradationKind(failure);
    }
}
