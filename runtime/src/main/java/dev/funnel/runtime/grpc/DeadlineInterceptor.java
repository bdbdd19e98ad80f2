package dev.funnel.runtime.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Deadline;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Sees to it that every unary call has a deadline: one that comes without is given the default, one that asks for too long is
 * given the longest. Streams (health watches, reflection, log tails) live as long as their callers want.
 */
final class DeadlineInterceptor implements ServerInterceptor {
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("call-deadlines").factory());

    private final Duration assigned;
    private final Duration longest;

    DeadlineInterceptor(Duration assigned, Duration longest) {
        this.assigned = assigned;
        this.longest = longest;
    }

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        Deadline asked = Context.current().getDeadline();
        boolean unary = call.getMethodDescriptor().getType() == MethodType.UNARY;
        if (!unary || (asked != null && asked.timeRemaining(TimeUnit.NANOSECONDS) <= longest.toNanos())) {
            return next.startCall(call, headers);
        }
        Duration given = asked == null ? assigned : longest;
        Context.CancellableContext bounded =
                Context.current().withDeadlineAfter(given.toNanos(), TimeUnit.NANOSECONDS, TIMER);
        return new Released<>(Contexts.interceptCall(bounded, call, headers, next), bounded);
    }

    /** Lets go of the context, and of its timer, when the call ends. */
    private static final class Released<Q> extends SimpleForwardingServerCallListener<Q> {
        private final Context.CancellableContext context;

        Released(ServerCall.Listener<Q> delegate, Context.CancellableContext context) {
            super(delegate);
            this.context = context;
        }

        @Override
        public void onComplete() {
            super.onComplete();
            context.cancel(null);
        }

        @Override
        public void onCancel() {
            super.onCancel();
            context.cancel(null);
        }
    }
}
