package dev.funnel.runtime.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.funnel.bundle.MappedFault;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.error.DeadlinePassed;
import dev.funnel.runtime.error.NotFound;
import dev.funnel.runtime.error.NotReady;
import dev.funnel.runtime.error.Overloaded;
import dev.funnel.runtime.error.PreconditionFailed;
import dev.funnel.runtime.error.Refusal;
import dev.funnel.runtime.error.Unauthenticated;
import dev.funnel.runtime.telemetry.SparseLines;
import dev.funnel.runtime.wire.DegradationKind;
import dev.funnel.runtime.wire.WireTimes;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * Failures on the wire: refusals become statuses with {@code google.rpc} details (BadRequest with field paths, ErrorInfo with a
 * stable reason in the domain {@value #DOMAIN}, RetryInfo when shed, and gRPC's push-back), and a remote stage's status becomes the kind of
 * degradation it stands for.
 */
public final class Failures {
    /** Domain of every ErrorInfo. */
    public static final String DOMAIN = "funnel.dev";

    /** In whole milliseconds, when to try again. */
    static final Metadata.Key<String> PUSHBACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final SparseLines LINES = new SparseLines(LoggerFactory.getLogger(Failures.class));

    private Failures() {}

    /** The status for whatever ended a call. What nobody foresaw is logged, sparsely, and INTERNAL without its particulars. */
    public static StatusRuntimeException toStatus(Throwable failure, String method) {
        return switch (failure) {
            case Refusal refusal -> refused(refusal);
            case StatusRuntimeException status -> status;
            case StatusException status -> new StatusRuntimeException(status.getStatus(), status.getTrailers());
            default -> MappedFault.in(failure) ? unreadable(failure, method) : unforeseen(failure, method);
        };
    }

    /** What a failed remote call cost, as a degradation names it. */
    public static DegradationKind degradationKind(Throwable failure) {
        return switch (Status.fromThrowable(failure).getCode()) {
            case DEADLINE_EXCEEDED -> DegradationKind.LATE;
            case RESOURCE_EXHAUSTED -> DegradationKind.SHED;
            case FAILED_PRECONDITION ->
                reason(failure)
                                .filter(PreconditionFailed.VERSION_NOT_HELD::equals)
                                .isPresent()
                        ? DegradationKind.VERSION_MISSING
                        : DegradationKind.FAILED;
            default -> DegradationKind.FAILED;
        };
    }

    /** What a failed remote call says, in one line: {@code UNAVAILABLE: connection refused}. */
    public static String describe(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        String description = status.getDescription();
        if (description == null) {
            description = status.getCause() == null
                    ? ""
                    : String.valueOf(status.getCause().getMessage());
        }
        return description.isEmpty() ? status.getCode().name() : status.getCode() + ": " + description;
    }

    /** The stable reason a remote process of ours gave, if it did. */
    public static Optional<String> reason(Throwable failure) {
        return detail(failure, ErrorInfo.class).map(ErrorInfo::getReason);
    }

    /** One kind of {@code google.rpc} detail of a failure, if it carries it. */
    public static <M extends Message> Optional<M> detail(Throwable failure, Class<M> type) {
        com.google.rpc.Status status = StatusProto.fromThrowable(failure);
        if (status == null) {
            return Optional.empty();
        }
        return status.getDetailsList().stream()
                .filter(detail -> detail.is(type))
                .findFirst()
                .map(detail -> unpack(detail, type));
    }

    private static StatusRuntimeException refused(Refusal refusal) {
        return switch (refusal) {
            case CallerError error -> status(Code.INVALID_ARGUMENT, refusal, List.of(badRequest(error)));
            case PreconditionFailed failed -> status(Code.FAILED_PRECONDITION, refusal, List.of());
            case NotFound notFound -> status(Code.NOT_FOUND, refusal, List.of());
            case NotReady notReady -> status(Code.UNAVAILABLE, refusal, List.of());
            case Overloaded overloaded ->
                status(Code.RESOURCE_EXHAUSTED, refusal, List.of(retryInfo(overloaded)), pushback(overloaded));
            case DeadlinePassed passed -> status(Code.DEADLINE_EXCEEDED, refusal, List.of());
            case Unauthenticated unknown -> status(Code.UNAUTHENTICATED, refusal, List.of());
        };
    }

    private static StatusRuntimeException status(Code code, Refusal refusal, List<Message> details) {
        return status(code, refusal, details, new Metadata());
    }

    private static StatusRuntimeException status(Code code, Refusal refusal, List<Message> details, Metadata trailers) {
        List<Message> all = new ArrayList<>(details);
        all.add(ErrorInfo.newBuilder()
                .setDomain(DOMAIN)
                .setReason(refusal.reason())
                .build());
        com.google.rpc.Status status = com.google.rpc.Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(String.valueOf(refusal.getMessage()))
                .addAllDetails(all.stream().map(Any::pack).toList())
                .build();
        return StatusProto.toStatusRuntimeException(status, trailers);
    }

    private static BadRequest badRequest(CallerError error) {
        return BadRequest.newBuilder()
                .addFieldViolations(BadRequest.FieldViolation.newBuilder()
                        .setField(error.field())
                        .setDescription(error.value() + " " + error.rule())
                        .setReason(error.reason()))
                .build();
    }

    private static RetryInfo retryInfo(Overloaded overloaded) {
        return RetryInfo.newBuilder()
                .setRetryDelay(WireTimes.duration(overloaded.retryAfter()))
                .build();
    }

    /** What gRPC's own retries heed (gRFC A6), should the caller's policy retry what is shed. */
    private static Metadata pushback(Overloaded overloaded) {
        Metadata trailers = new Metadata();
        trailers.put(
                PUSHBACK, Long.toString(Math.ceilDiv(overloaded.retryAfter().toNanos(), NANOS_PER_MILLI)));
        return trailers;
    }

    private static StatusRuntimeException unreadable(Throwable failure, String method) {
        LINES.error(method + " page", method + " read a page of a bundle that is gone", failure);
        return refused(new NotReady("a file of the bundle cannot be read any more"));
    }

    private static StatusRuntimeException unforeseen(Throwable failure, String method) {
        String kind = method + " " + failure.getClass().getName();
        LINES.error(kind, method + " failed in a way nobody foresaw", failure);
        return Status.INTERNAL
                .withDescription("an internal error, logged at the server: "
                        + failure.getClass().getSimpleName())
                .asRuntimeException();
    }

    private static <M extends Message> M unpack(Any detail, Class<M> type) {
        try {
            return detail.unpack(type);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("a detail is not the " + type.getSimpleName() + " it says", e);
        }
    }
}
