package dev.funnel.gateway.grpc;

import dev.funnel.gateway.pipeline.PipelineConfiguration;
import dev.funnel.runtime.deadline.Deadline;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;

/**
 * Notes whether a caller set a deadline. The host gives every call one, which hides that a caller has none; but how long such a
 * call may take is the pipeline's to say.
 */
public final class CallerDeadline implements ServerInterceptor {
    private static final Metadata.Key<String> TIMEOUT =
            Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);
    private static final Context.Key<Boolean> GIVEN = Context.keyWithDefault("funnel-caller-deadline", false);

    /** The service, with its callers' deadlines noted. */
    public static BindableService noted(BindableService service) {
        return () -> ServerInterceptors.intercept(service, new CallerDeadline());
    }

    /** When the call this thread works for must be answered: as its caller says, up to the pipeline's cap, or as the pipeline says. */
    static Deadline of(PipelineConfiguration pipeline) {
        return Deadline.ofCall().atMost(GIVEN.get() ? pipeline.deadlineCap() : pipeline.deadline());
    }

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        Context noted = Context.current().withValue(GIVEN, headers.containsKey(TIMEOUT));
        return Contexts.interceptCall(noted, call, headers, next);
    }
}
