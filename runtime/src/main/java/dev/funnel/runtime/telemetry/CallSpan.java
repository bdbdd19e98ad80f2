package dev.funnel.runtime.telemetry;

import io.grpc.Context;
import io.grpc.Metadata;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import java.util.function.Function;

/**
 * The part of a trace that a call is: a span, which travels in the gRPC context with deadline and client. Where the call is not traced nothing
 * here costs more than a look into the context.
 */
public final class CallSpan {
    private static final CallSpan NONE = new CallSpan(TracerProvider.noop().get(""), Span.getInvalid());
    private static final Context.Key<CallSpan> CURRENT = Context.keyWithDefault("call-span", NONE);

    private final Tracer tracer;
    private final Span span;

    CallSpan(Tracer tracer, Span span) {
        this.tracer = tracer;
        this.span = span;
    }

    /** The span of the call under way; one that records nothing if there is none, or if it is not traced. */
    public static CallSpan current() {
        return CURRENT.get();
    }

    /** Says how many: a name of a few words, e.g. {@code items_out}. */
    public CallSpan count(String name, long value) {
        span.setAttribute("funnel." + name, value);
        return this;
    }

    /** Says which: a name of a few words, e.g. {@code bundle}. */
    public CallSpan note(String name, String value) {
        span.setAttribute("funnel." + name, value);
        return this;
    }

    /** Says that what it stands for failed, and why. */
    public void failed(String cause) {
        span.setStatus(StatusCode.ERROR, cause);
    }

    /** Does work in a span of its own, within this one: what is called meanwhile belongs to it. */
    public <T> T calling(String name, Function<CallSpan, T> work) {
        if (!span.isRecording()) {
            return work.apply(this);
        }
        Span begun = tracer.spanBuilder(name)
                .setSpanKind(SpanKind.CLIENT)
                .setParent(context())
                .startSpan();
        CallSpan inner = new CallSpan(tracer, begun);
        Context traced = inner.within(Context.current());
        Context before = traced.attach();
        try {
            return work.apply(inner);
        } finally {
            traced.detach(before);
            begun.end();
        }
    }

    /** A context in which this is the current span. */
    Context within(Context context) {
        return context.withValue(CURRENT, this);
    }

    Span span() {
        return span;
    }

    /** Whether a call that is made now should carry the trace on. */
    boolean travels() {
        return span.getSpanContext().isValid();
    }

    /** Writes the trace into a call's headers ({@code traceparent}, W3C Trace Context). */
    void into(Metadata headers) {
        W3CTraceContextPropagator.getInstance().inject(context(), headers, TraceHeaders.SETTER);
    }

    private io.opentelemetry.context.Context context() {
        return io.opentelemetry.context.Context.root().with(span);
    }
}
