package dev.funnel.runtime.grpc;

import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Targets that name every replica, {@code 10.0.0.1:7101,10.0.0.2:7101}, for places without a name service. */
final class AddressList extends NameResolverProvider {
    private static final String SCHEME = "addresses";

    static {
        NameResolverRegistry.getDefaultRegistry().register(new AddressList());
    }

    /** The target as gRPC takes it: a list becomes a URI of this scheme, anything else stays as it is. */
    static String target(String target) {
        return target.contains(",") && !target.contains("/") ? SCHEME + ":///" + target.replace(" ", "") : target;
    }

    @Override
    public @Nullable NameResolver newNameResolver(URI uri, NameResolver.Args args) {
        return SCHEME.equals(uri.getScheme())
                ? new NamedReplicas(
                        replicas(uri.getPath().substring(1)),
                        AddressList::addresses,
                        Objects.requireNonNull(args.getOffloadExecutor()),
                        args.getSynchronizationContext(),
                        args.getScheduledExecutorService())
                : null;
    }

    @Override
    public String getDefaultScheme() {
        return SCHEME;
    }

    @Override
    public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
        return Set.of(InetSocketAddress.class);
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    /** Below DNS, so that a target without a scheme stays a DNS name. */
    @Override
    protected int priority() {
        return 1;
    }

    private static List<NamedReplicas.Replica> replicas(String list) {
        return Arrays.stream(list.split(",")).map(NamedReplicas.Replica::parse).toList();
    }

    private static List<InetAddress> addresses(String host) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(host));
    }
}
