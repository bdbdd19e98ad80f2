package dev.funnel.runtime.grpc;

import dev.funnel.runtime.admission.Priority;
import dev.funnel.runtime.error.CallerError;
import io.grpc.Context;
import io.grpc.Metadata;

/**
 * The priority of a call: its caller says it in the header {@code x-funnel-priority}, and it goes on to the services that are called in
 * turn.
 */
public final class CallPriority {
    /** The header; absent, a call is interactive. */
    public static final Metadata.Key<String> HEADER =
            Metadata.Key.of("x-funnel-priority", Metadata.ASCII_STRING_MARSHALLER);

    static final Context.Key<Priority> CONTEXT = Context.keyWithDefault("funnel-priority", Priority.INTERACTIVE);

    private CallPriority() {}

    /** The priority of the call this thread works for. */
    public static Priority current() {
        return CONTEXT.get();
    }

    /**
     * What the caller asks for.
     *
     * @throws CallerError if there is no such priority
     */
    static Priority asked(Metadata headers) {
        String label = headers.get(HEADER);
        return label == null
                ? Priority.INTERACTIVE
                : Priority.of(label)
                        .orElseThrow(() -> new CallerError(
                                "header x-funnel-priority",
                                label,
                                "must be one of " + String.join(", ", Priority.labels())));
    }
}
