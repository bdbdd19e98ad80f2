package dev.funnel.runtime.grpc;

import dev.funnel.runtime.error.Overloaded;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bounds the unary calls a process works on at once; those beyond are shed at once, with the time after which to try again.
 * Streams are bounded per connection only, so that health can be watched under any load; health checks are always let in.
 */
final class AdmissionInterceptor implements ServerInterceptor {
    private static final Duration RETRY_AFTER = Duration.ofMillis(100);

    private final int bound;
    private final Semaphore places;

    AdmissionInterceptor(int bound) {
        this.bound = bound;
        this.places = new Semaphore(bound);
    }

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        if (call.getMethodDescriptor().getType() != MethodType.UNARY || OpenServices.isHealth(call)) {
            return next.startCall(call, headers);
        }
        if (!places.tryAcquire()) {
            throw new Overloaded(bound + " calls are under way, which is the bound", RETRY_AFTER);
        }
        Place place = new Place(places);
        try {
            return new Held<>(next.startCall(new Leaving<>(call, place), headers), place);
        } catch (RuntimeException | Error e) {
            place.leave();
            throw e;
        }
    }

    /** One call's place among those under way; given back once, whichever way the call ends. */
    private static final class Place {
        private final Semaphore places;
        private final AtomicBoolean left = new AtomicBoolean();

        Place(Semaphore places) {
            this.places = places;
        }

        void leave() {
            if (left.compareAndSet(false, true)) {
                places.release();
            }
        }
    }

    private static final class Leaving<Q, S> extends SimpleForwardingServerCall<Q, S> {
        private final Place place;

        Leaving(ServerCall<Q, S> delegate, Place place) {
            super(delegate);
            this.place = place;
        }

        @Override
        public void close(Status status, Metadata trailers) {
            place.leave();
            super.close(status, trailers);
        }
    }

    private static final class Held<Q> extends SimpleForwardingServerCallListener<Q> {
        private final Place place;

        Held(ServerCall.Listener<Q> delegate, Place place) {
            super(delegate);
            this.place = place;
        }

        @Override
        public void onCancel() {
            place.leave();
            super.onCancel();
        }

        @Override
        public void onComplete() {
            place.leave();
            super.onComplete();
        }
    }
}
