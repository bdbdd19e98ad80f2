package dev.funnel.runtime.telemetry;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import org.slf4j.MDC;

/**
 * Makes every unary call a span: of its caller's trace, if the caller sent one, else of a new one. Log lines that are written while such a call is
 * handled name its trace. Health checks and operators' calls are not traced.
 */
final class TraceReceiving implements ServerInterceptor {
    /** Under what name the log's lines have the trace. */
    private static final String TRACE_ID = "trace_id";

    private final Tracer tracer;

    TraceReceiving(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        MethodDescriptor<Q, S> method = call.getMethodDescriptor();
        if (method.getType() != MethodType.UNARY || isOperators(method.getFullMethodName())) {
            return next.startCall(call, headers);
        }
        Span span = tracer.spanBuilder(method.getFullMethodName())
                .setSpanKind(SpanKind.SERVER)
                .setParent(W3CTraceContextPropagator.getInstance()
                        .extract(io.opentelemetry.context.Context.root(), headers, TraceHeaders.GETTER))
                .startSpan();
        Context traced = new CallSpan(tracer, span).within(Context.current());
        return new Spanned<>(Contexts.interceptCall(traced, new Closing<>(call, span), headers, next), span);
    }

    private static boolean isOperators(String method) {
        return method.startsWith("grpc.") || method.startsWith("funnel.admin.");
    }

    /** Notes how the call was answered. */
    private static final class Closing<Q, S> extends SimpleForwardingServerCall<Q, S> {
        private final Span span;

        Closing(ServerCall<Q, S> call, Span span) {
            super(call);
            this.span = span;
        }

        @Override
        public void close(Status status, Metadata trailers) {
            span.setAttribute("rpc.grpc.status_code", status.getCode().value());
            if (!status.isOk()) {
                span.setStatus(StatusCode.ERROR, status.getCode().name());
            }
            super.close(status, trailers);
        }
    }

    /** Ends the span with the call. */
    private static final class Spanned<Q> extends SimpleForwardingServerCallListener<Q> {
        private final Span span;

        Spanned(ServerCall.Listener<Q> delegate, Span span) {
            super(delegate);
            this.span = span;
        }

        @Override
        public void onHalfClose() {
            if (!span.isRecording()) {
                super.onHalfClose();
                return;
            }
            try (MDC.MDCCloseable named =
                    MDC.putCloseable(TRACE_ID, span.getSpanContext().getTraceId())) {
                super.onHalfClose();
            }
        }

        @Override
        public void onComplete() {
            super.onComplete();
            span.end();
        }

        @Override
        public void onCancel() {
            super.onCancel();
            span.setStatus(StatusCode.ERROR, Status.Code.CANCELLED.name());
            span.end();
        }
    }
}
