package dev.funnel.runtime.grpc;

import io.grpc.ConnectivityState;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancerProvider;
import io.grpc.LoadBalancerRegistry;
import io.grpc.NameResolver.ConfigOrError;
import io.grpc.Status;
import io.grpc.util.ForwardingLoadBalancer;
import io.grpc.util.ForwardingLoadBalancerHelper;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The balancing policy {@value #NAME}: the one below it, but a call that is sent again goes to a replica it was not sent to. */
final class OtherReplicaBalancer extends LoadBalancerProvider {
    static final String NAME = "funnel_other_replica";

    private static final String CHILD = "childPolicy";

    static {
        LoadBalancerRegistry.getDefaultRegistry().register(new OtherReplicaBalancer());
    }

    /** The policy as a service config has it, over another. */
    static Map<String, ?> over(Map<String, ?> policy) {
        return Map.of(NAME, Map.of(CHILD, List.of(policy)));
    }

    private record Below(
            LoadBalancerProvider provider, @Nullable Object config) {}

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public int getPriority() {
        return 5;
    }

    @Override
    public String getPolicyName() {
        return NAME;
    }

    @Override
    public ConfigOrError parseLoadBalancingPolicyConfig(Map<String, ?> config) {
        if (config.get(CHILD) instanceof List<?> list
                && list.size() == 1
                && list.getFirst() instanceof Map<?, ?> policy
                && policy.size() == 1) {
            return below(
                    String.valueOf(policy.keySet().iterator().next()),
                    policy.values().iterator().next());
        }
        return refused("childPolicy must be a list of one policy");
    }

    private static ConfigOrError below(String name, @Nullable Object config) {
        LoadBalancerProvider provider =
                LoadBalancerRegistry.getDefaultRegistry().getProvider(name);
        if (provider == null) {
            return refused("there is no policy " + name);
        }
        @SuppressWarnings("unchecked") // JSON objects have texts as keys
        Map<String, ?> raw = config instanceof Map<?, ?> map ? (Map<String, ?>) map : Map.of();
        ConfigOrError parsed = provider.parseLoadBalancingPolicyConfig(raw);
        return parsed.getError() == null ? ConfigOrError.fromConfig(new Below(provider, parsed.getConfig())) : parsed;
    }

    private static ConfigOrError refused(String why) {
        return ConfigOrError.fromError(Status.UNAVAILABLE.withDescription(NAME + ": " + why));
    }

    @Override
    public LoadBalancer newLoadBalancer(LoadBalancer.Helper helper) {
        return new Balancer(helper);
    }

    /** Hands everything to the policy below, which is known once the first addresses are. */
    private static final class Balancer extends ForwardingLoadBalancer {
        private final LoadBalancer.Helper helper;
        private @Nullable LoadBalancer below;

        Balancer(LoadBalancer.Helper helper) {
            this.helper = new Picking(helper);
        }

        @Override
        protected LoadBalancer delegate() {
            return below == null ? NOT_YET : below;
        }

        @Override
        public Status acceptResolvedAddresses(LoadBalancer.ResolvedAddresses addresses) {
            if (!(addresses.getLoadBalancingPolicyConfig() instanceof Below(var provider, var config))) {
                return Status.UNAVAILABLE.withDescription(NAME + " came without its configuration");
            }
            if (below == null) {
                below = provider.newLoadBalancer(helper); // the service config of a channel never changes
            }
            return below.acceptResolvedAddresses(
                    addresses.toBuilder().setLoadBalancingPolicyConfig(config).build());
        }

        @Override
        public void handleNameResolutionError(Status error) {
            if (below == null) {
                helper.updateBalancingState(
                        ConnectivityState.TRANSIENT_FAILURE,
                        new LoadBalancer.FixedResultPicker(LoadBalancer.PickResult.withError(error)));
            } else {
                below.handleNameResolutionError(error);
            }
        }
    }

    private static final class Picking extends ForwardingLoadBalancerHelper {
        private final LoadBalancer.Helper helper;

        Picking(LoadBalancer.Helper helper) {
            this.helper = helper;
        }

        @Override
        protected LoadBalancer.Helper delegate() {
            return helper;
        }

        @Override
        public void updateBalancingState(ConnectivityState state, LoadBalancer.SubchannelPicker picker) {
            helper.updateBalancingState(state, new OtherReplica(picker));
        }
    }

    /** Balances nothing. */
    private static final LoadBalancer NOT_YET = new LoadBalancer() {
        @Override
        public void handleNameResolutionError(Status error) {}

        @Override
        public void shutdown() {}
    };
}
