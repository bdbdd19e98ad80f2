package dev.funnel.gateway.grpc;

import dev.funnel.gateway.snapshot.ReplicaAnswer;
import dev.funnel.gateway.snapshot.Replicas;
import dev.funnel.runtime.grpc.ChannelSettings;
import dev.funnel.runtime.grpc.VirtualThreads;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The replicas behind a stage's target, each asked through a connection of its own: through the channel that balances, one of them
 * would answer for all. Connections to replicas that the target no longer stands for are closed.
 */
final class GrpcReplicas implements Replicas, AutoCloseable {
    private final ReplicaAddresses addresses;
    private final ChannelSettings settings;
    private final String service;
    private final String bundleName;
    private final VirtualThreads waiting;
    private final Map<InetSocketAddress, ManagedChannel> connections = new HashMap<>();
    private boolean closed;

    private GrpcReplicas(
            ReplicaAddresses addresses,
            ChannelSettings settings,
            String service,
            String bundleName,
            VirtualThreads waiting) {
        this.addresses = addresses;
        this.settings = settings;
        this.service = service;
        this.bundleName = bundleName;
        this.waiting = waiting;
    }

    /** @param balanced asked instead where only gRPC knows what the target stands for: one replica answers */
    static Replicas of(
            ChannelSettings settings, Channel balanced, String service, String bundleName, VirtualThreads waiting) {
        return ReplicaAddresses.of(settings.target())
                .<Replicas>map(addresses -> new GrpcReplicas(addresses, settings, service, bundleName, waiting))
                .orElseGet(() -> {
                    Replica any = new Replica(balanced, service, bundleName);
                    return () -> Map.of(settings.target(), any.ask());
                });
    }

    @Override
    public Map<String, ReplicaAnswer> ask() {
        Map<String, Future<ReplicaAnswer>> asked = new LinkedHashMap<>();
        connect(addresses.now())
                .forEach((address, channel) -> asked.put(
                        address.getAddress().getHostAddress() + ":" + address.getPort(),
                        waiting.submit(new Replica(channel, service, bundleName)::ask)));
        Map<String, ReplicaAnswer> answers = new LinkedHashMap<>();
        asked.forEach((address, answer) -> answers.put(address, await(answer)));
        return answers;
    }

    @Override
    public synchronized void close() {
        closed = true;
        connections.values().forEach(ManagedChannel::shutdownNow);
        connections.clear();
    }

    private synchronized Map<InetSocketAddress, ManagedChannel> connect(Set<InetSocketAddress> wanted) {
        connections.entrySet().removeIf(connection -> {
            boolean gone = !wanted.contains(connection.getKey());
            if (gone) {
                connection.getValue().shutdownNow();
            }
            return gone;
        });
        if (!closed) {
            wanted.forEach(address -> connections.computeIfAbsent(address, this::open));
        }
        return Map.copyOf(connections);
    }

    private ManagedChannel open(InetSocketAddress address) {
        return NettyChannelBuilder.forAddress(address)
                .usePlaintext()
                .disableRetry()
                .maxInboundMessageSize(settings.maxMessage().asInt())
                .keepAliveTime(settings.keepAlive().toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(settings.keepAliveTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .build();
    }

    private static ReplicaAnswer await(Future<ReplicaAnswer> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ReplicaAnswer.silent("the gateway stops");
        } catch (ExecutionException e) {
            return ReplicaAnswer.silent(String.valueOf(e.getCause()));
        }
    }
}
