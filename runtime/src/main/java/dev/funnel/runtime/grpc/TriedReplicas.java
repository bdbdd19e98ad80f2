package dev.funnel.runtime.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.MethodDescriptor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The replicas one call was sent to so far, carried along in its options, where {@link OtherReplica} finds them. */
final class TriedReplicas {
    static final CallOptions.Key<TriedReplicas> KEY = CallOptions.Key.create("funnel-tried-replicas");

    private final Set<Subchannel> tried = ConcurrentHashMap.newKeySet();
    private final @Nullable HedgeBudget budget;

    private TriedReplicas(@Nullable HedgeBudget budget) {
        this.budget = budget;
    }

    boolean none() {
        return tried.isEmpty();
    }

    boolean has(Subchannel replica) {
        return tried.contains(replica);
    }

    void add(Subchannel replica) {
        tried.add(replica);
    }

    /** What pays for being sent to a second replica; null: nothing does, and the same replica will do if there is no other. */
    @Nullable
    HedgeBudget budget() {
        return budget;
    }

    /** Gives every call its own. */
    static ClientInterceptor noted(CallPolicy policy) {
        HedgeBudget budget = policy instanceof Hedging hedging ? new HedgeBudget(hedging.budget()) : null;
        return new ClientInterceptor() {
            @Override
            public <Q, S> ClientCall<Q, S> interceptCall(
                    MethodDescriptor<Q, S> method, CallOptions options, Channel next) {
                if (budget != null) {
                    budget.earn();
                }
                return next.newCall(method, options.withOption(KEY, new TriedReplicas(budget)));
            }
        };
    }
}
