package dev.funnel.runtime.telemetry;

import io.grpc.Metadata;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call's headers as OpenTelemetry reads and writes them. */
final class TraceHeaders implements TextMapGetter<Metadata> {
    static final TraceHeaders GETTER = new TraceHeaders();
    static final TextMapSetter<Metadata> SETTER = (headers, name, value) -> {
        Metadata.Key<String> key = key(name);
        Metadata written = Objects.requireNonNull(headers);
        written.discardAll(key);
        written.put(key, value);
    };

    private TraceHeaders() {}

    @Override
    public Iterable<String> keys(Metadata headers) {
        return headers.keys();
    }

    @Override
    public @Nullable String get(@Nullable Metadata headers, String name) {
        return headers == null ? null : headers.get(key(name));
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
