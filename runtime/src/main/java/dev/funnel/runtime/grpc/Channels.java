package dev.funnel.runtime.grpc;

import dev.funnel.runtime.telemetry.Metrics;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Opens channels to other services and closes them all. Every channel balances over the replicas its target stands for (round
 * robin), passes over those that say NOT_SERVING or fail more than the others, sends a call once unless its policy says otherwise, and refuses
 * to send a call that has no deadline.
 */
public final class Channels implements AutoCloseable {
    private static final long CLOSING_SECONDS = 5;

    private final Metrics metrics;
    private final List<ManagedChannel> opened = new ArrayList<>();
    private final ExecutorService callbacks = Executors.newVirtualThreadPerTaskExecutor();

    /** Calls are not counted. */
    public Channels() {
        this(Metrics.off());
    }

    /** Calls are counted and timed. */
    public Channels(Metrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Opens a channel; connections are made when first needed.
     *
     * @param service full name of the service called through it, whose health is watched: {@code
     *     funnel.ranking.v1.RankingService}
     */
    public Channel open(ChannelSettings settings, String service) {
        return open(settings, service, CallPolicy.ONCE);
    }

    /** The same, for a service whose calls may be sent more than once. */
    public Channel open(ChannelSettings settings, String service, CallPolicy policy) {
        return open(settings, ServiceConfig.of(settings, service, policy));
    }

    synchronized Channel open(ChannelSettings settings, ServiceConfig config) {
        NettyChannelBuilder builder = NettyChannelBuilder.forTarget(AddressList.target(settings.target()))
                .usePlaintext()
                .executor(callbacks)
                .defaultServiceConfig(config.json())
                .disableServiceConfigLookUp()
                .maxInboundMessageSize(settings.maxMessage().asInt())
                .keepAliveTime(settings.keepAlive().toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(settings.keepAliveTimeout().toMillis(), TimeUnit.MILLISECONDS);
        if (config.repeats()) {
            builder.enableRetry();
        } else {
            builder.disableRetry();
        }
        metrics.watch(builder);
        ManagedChannel channel = builder.build();
        opened.add(channel);
        Channel polite = ClientInterceptors.intercept(channel, new DeadlineRequired(), new OutgoingHeaders());
        return config.repeats() ? ClientInterceptors.intercept(polite, TriedReplicas.noted(config.policy())) : polite;
    }

    /** Tries now to make the connections that are broken, however long was to be waited; looks up where they lead. */
    public synchronized void reconnect() {
        opened.forEach(ManagedChannel::resetConnectBackoff);
    }

    /** Ends calls under way gracefully for a few seconds, then cuts them off. */
    @Override
    public synchronized void close() {
        opened.forEach(ManagedChannel::shutdown);
        opened.forEach(Channels::awaitEnd);
        callbacks.shutdownNow();
    }

    private static void awaitEnd(ManagedChannel channel) {
        try {
            channel.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channel.shutdownNow();
    }
}
