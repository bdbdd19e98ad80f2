package dev.funnel.runtime.grpc;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthGrpc;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts who watches the health of this process now: they stop sending calls soon after they are told to. */
final class HealthWatchers implements ServerInterceptor {
    private static final String WATCH = HealthGrpc.getWatchMethod().getFullMethodName();

    private final AtomicInteger now = new AtomicInteger();

    boolean any() {
        return now.get() > 0;
    }

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        ServerCall.Listener<Q> listener = next.startCall(call, headers);
        if (!WATCH.equals(call.getMethodDescriptor().getFullMethodName())) {
            return listener;
        }
        now.incrementAndGet();
        return new SimpleForwardingServerCallListener<>(listener) {
            @Override
            public void onCancel() {
                now.decrementAndGet();
                super.onCancel();
            }

            @Override
            public void onComplete() {
                now.decrementAndGet();
                super.onComplete();
            }
        };
    }
}
