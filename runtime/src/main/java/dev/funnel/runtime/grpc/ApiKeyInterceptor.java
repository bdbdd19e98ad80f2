package dev.funnel.runtime.grpc;

import dev.funnel.runtime.error.Unauthenticated;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Optional;

/** Knows callers by the key in their {@code x-api-key} header; health may be asked without one. */
public final class ApiKeyInterceptor implements ServerInterceptor {
    /** The header that carries the key. */
    public static final Metadata.Key<String> HEADER = Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER);

    private static final Context.Key<String> CLIENT = Context.key("funnel-client");

    private final ApiKeys keys;

    public ApiKeyInterceptor(ApiKeys keys) {
        this.keys = keys;
    }

    /** The client id of the caller this thread works for; empty where keys are not asked for. */
    public static Optional<String> client() {
        return Optional.ofNullable(CLIENT.get());
    }

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        if (OpenServices.isHealth(call)) {
            return next.startCall(call, headers);
        }
        String key = headers.get(HEADER);
        if (key == null) {
            throw new Unauthenticated("header x-api-key: absent, must be a key this server knows");
        }
        String client = keys.client(key)
                .orElseThrow(() -> new Unauthenticated("header x-api-key: not a key this server knows"));
        return Contexts.interceptCall(Context.current().withValue(CLIENT, client), call, headers, next);
    }
}
