package dev.funnel.runtime.grpc;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the replicas of a list are. All names are looked up when the channel begins and whenever gRPC asks again, which it does when
 * a connection breaks, on a thread that may wait. A name that is unknown is left out while another is known; while there is one, all are
 * looked up again every {@link #AGAIN}, because gRPC does not ask as long as all connections hold. A replica stays at its address while
 * its name stands for it, in whatever order a name service gives them.
 */
final class NamedReplicas extends NameResolver {
    /** How soon names are looked up again while one of them is unknown. */
    static final Duration AGAIN = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(NamedReplicas.class);

    /** What a name stands for. */
    @FunctionalInterface
    interface Lookup {
        /** @return at least one address */
        List<InetAddress> addresses(String host) throws UnknownHostException;
    }

    /** One replica of the list. */
    record Replica(String host, int port) {
        /** @param text {@code host:port} */
        static Replica parse(String text) {
            int colon = text.lastIndexOf(':');
            if (colon <= 0) {
                throw new IllegalArgumentException("\"" + text + "\" is not host:port");
            }
            return new Replica(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        }
    }

    private final List<Replica> replicas;
    private final Lookup lookup;
    private final Executor waiting;
    private final SynchronizationContext context;
    private final ScheduledExecutorService timer;

    // what follows is the context's own
    private @Nullable Listener2 listener;
    private SynchronizationContext.@Nullable ScheduledHandle again;
    private Found last = new Found(Map.of(), List.of());
    private boolean looking;
    private boolean shut;

    /**
     * @param waiting where names are looked up
     * @param context where everything else happens: gRPC's own for the channel
     */
    NamedReplicas(
            List<Replica> replicas,
            Lookup lookup,
            Executor waiting,
            SynchronizationContext context,
            ScheduledExecutorService timer) {
        this.replicas = replicas;
        this.lookup = lookup;
        this.waiting = waiting;
        this.context = context;
        this.timer = timer;
    }

    @Override
    public String getServiceAuthority() {
        return "replicas";
    }

    @Override
    public void start(Listener2 told) {
        listener = told;
        look();
    }

    @Override
    public void refresh() {
        look();
    }

    @Override
    public void shutdown() {
        shut = true;
        if (again != null) {
            again.cancel();
        }
    }

    private void look() {
        if (looking || shut) {
            return;
        }
        looking = true;
        Found before = last;
        waiting.execute(() -> {
            Found found = lookUp(before);
            context.execute(() -> tell(found));
        });
    }

    private Found lookUp(Found before) {
        Map<Replica, InetAddress> known = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        for (Replica replica : replicas) {
            try {
                known.put(replica, address(replica, before));
            } catch (UnknownHostException e) {
                unknown.add(replica.host());
            }
        }
        return new Found(known, unknown);
    }

    private InetAddress address(Replica replica, Found before) throws UnknownHostException {
        List<InetAddress> all = lookup.addresses(replica.host());
        InetAddress held = before.known.get(replica);
        return held != null && all.contains(held) ? held : all.getFirst();
    }

    private void tell(Found found) {
        looking = false;
        if (shut || listener == null) {
            return;
        }
        log(found);
        last = found;
        listener.onResult2(ResolutionResult.newBuilder()
                .setAddressesOrError(found.addresses())
                .build());
        if (!found.unknown.isEmpty() && (again == null || !again.isPending())) {
            again = context.schedule(this::look, AGAIN.toMillis(), TimeUnit.MILLISECONDS, timer);
        }
    }

    private void log(Found found) {
        if (!found.unknown.equals(last.unknown)) {
            if (found.unknown.isEmpty()) {
                LOG.info("replicas {}: all names are known", replicas);
            } else {
                LOG.warn("replicas {}: left out, because their names are unknown: {}", replicas, found.unknown);
            }
        }
    }

    /**
     * What was found.
     *
     * @param known in the order of the list
     * @param unknown the names of the others
     */
    private record Found(Map<Replica, InetAddress> known, List<String> unknown) {
        StatusOr<List<EquivalentAddressGroup>> addresses() {
            if (known.isEmpty()) {
                return StatusOr.fromStatus(
                        Status.UNAVAILABLE.withDescription("unknown names: " + String.join(", ", unknown)));
            }
            List<EquivalentAddressGroup> addresses = new ArrayList<>();
            known.forEach((replica, address) ->
                    addresses.add(new EquivalentAddressGroup(new InetSocketAddress(address, replica.port()))));
            return StatusOr.fromValue(addresses);
        }
    }
}
