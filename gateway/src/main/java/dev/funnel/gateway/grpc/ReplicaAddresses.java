package dev.funnel.gateway.grpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every address that a target stands for: {@code host:port}, {@code dns:///host:port}, or several of the first with commas between
 * them. Names are looked up each time, so that replicas that come and go are seen as soon as the name service and Java's cache of it
 * (30 s, unless {@code networkaddress.cache.ttl} says otherwise) say so.
 */
final class ReplicaAddresses {
    private static final Pattern HOST_AND_PORT = Pattern.compile("(?:dns:///)?\\[?([^/\\]]+?)]?:([0-9]{1,5})");

    private final List<InetSocketAddress> names;
    private Set<InetSocketAddress> last = Set.of();

    private ReplicaAddresses(List<InetSocketAddress> names) {
        this.names = names;
    }

    /** Empty for a target of another form: what it stands for only gRPC knows. */
    static Optional<ReplicaAddresses> of(String target) {
        List<Matcher> parts = List.of(target.replace(" ", "").split(",")).stream()
                .map(HOST_AND_PORT::matcher)
                .toList();
        if (!parts.stream().allMatch(Matcher::matches)) {
            return Optional.empty();
        }
        return Optional.of(new ReplicaAddresses(parts.stream()
                .map(part -> InetSocketAddress.createUnresolved(part.group(1), Integer.parseInt(part.group(2))))
                .toList()));
    }

    /** The addresses now; those known before if a name cannot be looked up. */
    synchronized Set<InetSocketAddress> now() {
        try {
            Set<InetSocketAddress> addresses = new LinkedHashSet<>();
            for (InetSocketAddress name : names) {
                for (InetAddress address : InetAddress.getAllByName(name.getHostString())) {
                    addresses.add(new InetSocketAddress(address, name.getPort()));
                }
            }
            last = addresses;
        } catch (UnknownHostException _) {
            // Replicas do not vanish because a name service does.
        }
        return last;
    }
}
