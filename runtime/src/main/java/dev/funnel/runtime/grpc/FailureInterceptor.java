package dev.funnel.runtime.grpc;

import dev.funnel.bundle.MappedFault;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * Turns whatever a service throws, or passes to {@code onError}, into the status that {@link Failures} gives it. It stands
 * outside all other interceptors, so their refusals are translated too.
 */
final class FailureInterceptor implements ServerInterceptor {
    private final Runnable onMappedFault;

    /** @param onMappedFault called for each call that read a page of a bundle that is gone */
    FailureInterceptor(Runnable onMappedFault) {
        this.onMappedFault = onMappedFault;
    }

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        Translating<Q, S> translating =
                new Translating<>(call, headers.containsKey(OutgoingHeaders.NO_PUSHBACK), onMappedFault);
        try {
            return new Guarded<>(next.startCall(translating, headers), translating);
        } catch (RuntimeException | Error e) {
            translating.fail(e);
            return new ServerCall.Listener<>() {};
        }
    }

    private static final class Translating<Q, S> extends SimpleForwardingServerCall<Q, S> {
        private final boolean noPushback;
        private final Runnable onMappedFault;
        private boolean closed;

        Translating(ServerCall<Q, S> delegate, boolean noPushback, Runnable onMappedFault) {
            super(delegate);
            this.noPushback = noPushback;
            this.onMappedFault = onMappedFault;
        }

        void fail(Throwable failure) {
            if (!closed) {
                StatusRuntimeException translated = translated(failure);
                close(translated.getStatus(), trailers(translated));
            }
        }

        @Override
        public void close(Status status, Metadata trailers) {
            closed = true;
            Throwable cause = status.getCause();
            if (status.getCode() == Status.Code.UNKNOWN && cause != null) {
                StatusRuntimeException translated = translated(cause);
                super.close(translated.getStatus(), trailers(translated));
            } else {
                super.close(status, trailers);
            }
        }

        private StatusRuntimeException translated(Throwable failure) {
            if (MappedFault.in(failure)) {
                onMappedFault.run();
            }
            return Failures.toStatus(failure, getMethodDescriptor().getFullMethodName());
        }

        private Metadata trailers(StatusRuntimeException failure) {
            Metadata trailers = failure.getTrailers();
            if (trailers == null) {
                return new Metadata();
            }
            if (noPushback && trailers.containsKey(Failures.PUSHBACK)) {
                trailers.discardAll(Failures.PUSHBACK);
                trailers.put(Failures.PUSHBACK, "-1"); // never
            }
            return trailers;
        }
    }

    private static final class Guarded<Q, S> extends SimpleForwardingServerCallListener<Q> {
        private final Translating<Q, S> call;

        Guarded(ServerCall.Listener<Q> delegate, Translating<Q, S> call) {
            super(delegate);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            guard(() -> super.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            guard(super::onHalfClose);
        }

        @Override
        public void onReady() {
            guard(super::onReady);
        }

        private void guard(Runnable event) {
            try {
                event.run();
            } catch (RuntimeException | Error e) {
                call.fail(e);
            }
        }
    }
}
