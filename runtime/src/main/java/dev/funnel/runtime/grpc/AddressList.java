package dev.funnel.runtime.grpc;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusOr;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
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
                ? new Fixed(addresses(uri.getPath().substring(1)))
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

    private static List<EquivalentAddressGroup> addresses(String list) {
        return Arrays.stream(list.split(","))
                .map(AddressList::address)
                .map(EquivalentAddressGroup::new)
                .toList();
    }

    private static SocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("\"" + text + "\" is not host:port");
        }
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    private static final class Fixed extends NameResolver {
        private final List<EquivalentAddressGroup> addresses;

        Fixed(List<EquivalentAddressGroup> addresses) {
            this.addresses = addresses;
        }

        @Override
        public String getServiceAuthority() {
            return "replicas";
        }

        @Override
        public void start(Listener2 listener) {
            listener.onResult(ResolutionResult.newBuilder()
                    .setAddressesOrError(StatusOr.fromValue(addresses))
                    .setAttributes(Attributes.EMPTY)
                    .build());
        }

        @Override
        public void shutdown() {}
    }
}
