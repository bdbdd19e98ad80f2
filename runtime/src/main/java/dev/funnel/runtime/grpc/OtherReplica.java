package dev.funnel.runtime.grpc;

import io.grpc.ClientStreamTracer;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Picks a replica that a call was not sent to yet, when it is sent again. gRPC's hedging and retries ask the balancer anew for every
 * attempt, and round robin knows nothing of the attempt before: with two replicas and many callers four of ten hedges go where the first
 * attempt already waits.
 *
 * <p>It asks the picker below it until another replica comes. Round robin brings all of them in turn; other callers that ask in between
 * make it random, and {@value #LOOKS} looks then leave out a replica of two once in 2^32.
 */
final class OtherReplica extends SubchannelPicker {
    private static final int LOOKS = 32;

    private final SubchannelPicker below;

    OtherReplica(SubchannelPicker below) {
        this.below = below;
    }

    @Override
    public PickResult pickSubchannel(PickSubchannelArgs args) {
        TriedReplicas tried = args.getCallOptions().getOption(TriedReplicas.KEY);
        PickResult picked = below.pickSubchannel(args);
        if (tried == null) {
            return picked;
        }
        for (int look = 1; look < LOOKS && isTried(picked, tried); look++) {
            picked = below.pickSubchannel(args);
        }
        return isFurther(picked, tried) ? paid(picked, tried) : noted(picked, tried);
    }

    private static boolean isTried(PickResult picked, TriedReplicas tried) {
        Subchannel replica = picked.getSubchannel();
        return replica != null && tried.has(replica);
    }

    private static boolean isFurther(PickResult picked, TriedReplicas tried) {
        return picked.getSubchannel() != null && !tried.none();
    }

    /** A second call that must not be is an error, not a drop: gRPC ends the whole call with a dropped attempt, not with a failed one. */
    private static PickResult paid(PickResult picked, TriedReplicas tried) {
        HedgeBudget budget = tried.budget();
        if (budget == null) {
            return noted(picked, tried);
        } else if (isTried(picked, tried)) {
            return PickResult.withError(Status.UNAVAILABLE.withDescription("there is no other replica"));
        }
        return budget.spend()
                ? noted(picked, tried)
                : PickResult.withError(Status.UNAVAILABLE.withDescription("no second calls are left"));
    }

    /** Notes the replica once the call is really sent: a pick may be for nothing, if the connection is lost just now. */
    private static PickResult noted(PickResult picked, TriedReplicas tried) {
        Subchannel replica = picked.getSubchannel();
        return replica == null
                ? picked
                : PickResult.withSubchannel(replica, new Noting(replica, tried, picked.getStreamTracerFactory()));
    }

    private static final class Noting extends ClientStreamTracer.Factory {
        private final Subchannel replica;
        private final TriedReplicas tried;
        private final ClientStreamTracer.@Nullable Factory below;

        Noting(Subchannel replica, TriedReplicas tried, ClientStreamTracer.@Nullable Factory below) {
            this.replica = replica;
            this.tried = tried;
            this.below = below;
        }

        @Override
        public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo stream, Metadata headers) {
            tried.add(replica);
            return below == null ? new ClientStreamTracer() {} : below.newClientStreamTracer(stream, headers);
        }
    }
}
