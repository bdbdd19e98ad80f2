package dev.funnel.runtime.grpc;

import dev.funnel.runtime.admission.AdmissionMetrics;
import dev.funnel.runtime.admission.AdmissionMetrics.Reason;
import dev.funnel.runtime.admission.Clients;
import dev.funnel.runtime.admission.Gate;
import dev.funnel.runtime.admission.Priority;
import dev.funnel.runtime.error.DeadlinePassed;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Deadline;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which calls are begun: those within their client's quota, of which unary ones pass a {@link Gate}, by their priority. What is
 * turned away is told so at once, with the time after which to try again. A call whose deadline passed before its turn came is not
 * begun. Streams are bounded per connection only, so that health can be watched under any load.
 */
final class AdmissionInterceptor implements ServerInterceptor {
    private final Gate gate;
    private final Clients clients;
    private final Set<String> exempt;
    private final AdmissionMetrics metrics;

    /** @param exempt names of the services whose calls are always begun */
    AdmissionInterceptor(Gate gate, Clients clients, Set<String> exempt, AdmissionMetrics metrics) {
        this.gate = gate;
        this.clients = clients;
        this.exempt = Set.copyOf(exempt);
        this.metrics = metrics;
    }

    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        if (exempt.contains(String.valueOf(call.getMethodDescriptor().getServiceName()))) {
            return next.startCall(call, headers);
        }
        Optional<String> client = ApiKeyInterceptor.client();
        Priority priority = CallPriority.asked(headers).atMost(clients.highest(client));
        refuseExpired(priority);
        clients.take(client, priority);
        Context prioritised = Context.current().withValue(CallPriority.CONTEXT, priority);
        return call.getMethodDescriptor().getType() == MethodType.UNARY
                ? admitted(prioritised, priority, call, headers, next)
                : Contexts.interceptCall(prioritised, call, headers, next);
    }

    private <Q, S> ServerCall.Listener<Q> admitted(
            Context context, Priority priority, ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        Gate.Place place = gate.enter(priority);
        try {
            return new Held<>(
                    Contexts.interceptCall(context, new Leaving<>(call, place), headers, next), place, priority);
        } catch (RuntimeException | Error e) {
            place.leave();
            throw e;
        }
    }

    private void refuseExpired(Priority priority) {
        Deadline deadline = Context.current().getDeadline();
        if (deadline != null && deadline.isExpired()) {
            metrics.shed(priority, Reason.EXPIRED);
            throw new DeadlinePassed("the deadline passed before the call's turn came");
        }
    }

    /** Refusals end early and failures end anyhow; only work that was done, or that took too long, tells how long work takes. */
    private static boolean measured(Status status) {
        return status.isOk() || status.getCode() == Status.Code.DEADLINE_EXCEEDED;
    }

    private static final class Leaving<Q, S> extends SimpleForwardingServerCall<Q, S> {
        private final Gate.Place place;

        Leaving(ServerCall<Q, S> delegate, Gate.Place place) {
            super(delegate);
            this.place = place;
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (measured(status)) {
                place.leaveMeasured();
            } else {
                place.leave();
            }
            super.close(status, trailers);
        }
    }

    private final class Held<Q> extends SimpleForwardingServerCallListener<Q> {
        private final Gate.Place place;
        private final Priority priority;

        Held(ServerCall.Listener<Q> delegate, Gate.Place place, Priority priority) {
            super(delegate);
            this.place = place;
            this.priority = priority;
        }

        /** The whole request is here: what follows is the work. */
        @Override
        public void onHalfClose() {
            refuseExpired(priority);
            super.onHalfClose();
        }

        /** The caller went away, or its deadline passed. */
        @Override
        public void onCancel() {
            Deadline deadline = Context.current().getDeadline();
            if (deadline != null && deadline.isExpired()) {
                place.leaveMeasured();
            } else {
                place.leave();
            }
            super.onCancel();
        }

        @Override
        public void onComplete() {
            place.leave();
            super.onComplete();
        }
    }
}
