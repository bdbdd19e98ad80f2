package dev.funnel.runtime.grpc;

import dev.funnel.runtime.admission.AdmissionMetrics;
import dev.funnel.runtime.admission.Clients;
import dev.funnel.runtime.admission.Gate;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.telemetry.Metrics;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gRPC server with the manners every process of Funnel has: bounds on messages, calls and connections, a deadline on every
 * call, health per service, reflection, and refusals as statuses with {@code google.rpc} details. Calls run on virtual threads.
 *
 * <p>It lives through start (bound, NOT_SERVING), {@link #ready}, {@link #drain} and {@link #close}. Admin services answer
 * from start on; all others are refused with NOT_SERVING health, and their own errors, until ready.
 */
public final class ServiceHost implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceHost.class);

    private static final Duration LOOK = Duration.ofMillis(20);

    private final ServerSettings settings;
    private final Server server;
    private final HealthStatusManager health;
    private final List<String> gatedServices;
    private final ExecutorService calls;
    private final HealthWatchers watchers;
    private final AtomicBoolean draining = new AtomicBoolean();

    private ServiceHost(
            ServerSettings settings,
            Server server,
            HealthStatusManager health,
            List<String> gatedServices,
            ExecutorService calls,
            HealthWatchers watchers) {
        this.settings = settings;
        this.server = server;
        this.health = health;
        this.gatedServices = gatedServices;
        this.calls = calls;
        this.watchers = watchers;
    }

    public static Builder builder(ServerSettings settings) {
        return new Builder(settings);
    }

    /** The port it listens on. */
    public int port() {
        return server.getPort();
    }

    /** {@code host:port} it listens on. */
    public String address() {
        return settings.host() + ":" + port();
    }

    /** Says through health, overall and per service, whether calls should be sent here. */
    public void ready(boolean ready) {
        ServingStatus status = ready ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
        gatedServices.forEach(service -> health.setStatus(service, status));
    }

    /**
     * Goes NOT_SERVING, takes calls until those who watch the health have seen it, then takes no new ones, and waits for those under way.
     *
     * @return whether all of them ended within {@code longest}
     */
    public boolean drain(Duration longest) {
        try {
            if (draining.compareAndSet(false, true)) {
                health.enterTerminalState();
                letWatchersLeave();
                server.shutdown();
            }
            return server.awaitTermination(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            server.shutdown();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void letWatchersLeave() throws InterruptedException {
        long end = System.nanoTime() + settings.drainNotice().toNanos();
        while (watchers.any() && System.nanoTime() < end) {
            server.awaitTermination(LOOK.toNanos(), TimeUnit.NANOSECONDS); // it is not shut down yet: this only waits
        }
    }

    /** Drains for as long as configured, then cuts off what is left. */
    @Override
    public void close() {
        if (!drain(settings.drain())) {
            LOG.warn("calls still under way after {} are cut off", settings.drain());
            server.shutdownNow();
        }
        calls.shutdownNow();
    }

    /** Collects what a host serves. */
    public static final class Builder {
        private final ServerSettings settings;
        private final List<BindableService> services = new ArrayList<>();
        private final List<BindableService> adminServices = new ArrayList<>();
        private final List<ServerInterceptor> interceptors = new ArrayList<>();
        private Metrics metrics = Metrics.off();
        private Runnable onMappedFault = () -> {};

        private Builder(ServerSettings settings) {
            this.settings = settings;
        }

        /** A service whose health follows {@link ServiceHost#ready}. */
        public Builder service(BindableService service) {
            services.add(service);
            return this;
        }

        /** A service that is SERVING from the start, for operators. */
        public Builder adminService(BindableService service) {
            adminServices.add(service);
            return this;
        }

        /** Where the server's calls are counted and timed; without it they are not. */
        public Builder metrics(Metrics shown) {
            metrics = shown;
            return this;
        }

        /** What is done when a call read a page of a bundle that is gone, see {@link dev.funnel.bundle.MappedFault}. */
        public Builder onMappedFault(Runnable act) {
            onMappedFault = act;
            return this;
        }

        /** Called after the host's own interceptors, in the order added. */
        public Builder interceptor(ServerInterceptor interceptor) {
            interceptors.add(interceptor);
            return this;
        }

        /**
         * Binds the port and starts to listen, NOT_SERVING.
         *
         * @throws StartFailure if the port is taken or the address is not this machine's
         */
        public ServiceHost start() {
            HealthStatusManager health = new HealthStatusManager();
            ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
            HealthWatchers watchers = new HealthWatchers();
            Server server = assemble(health, calls).intercept(watchers).build();
            List<String> gated = new ArrayList<>(List.of(HealthStatusManager.SERVICE_NAME_ALL_SERVICES));
            services.forEach(service -> gated.add(name(service)));
            ServiceHost host = new ServiceHost(settings, server, health, List.copyOf(gated), calls, watchers);
            host.ready(false);
            adminServices.forEach(service -> health.setStatus(name(service), ServingStatus.SERVING));
            listen(server, calls);
            return host;
        }

        private NettyServerBuilder assemble(HealthStatusManager health, ExecutorService calls) {
            NettyServerBuilder server = bounded().executor(calls);
            metrics.watch(server);
            services.forEach(server::addService);
            adminServices.forEach(server::addService);
            server.addService(health.getHealthService());
            if (settings.reflection()) {
                server.addService(ProtoReflectionServiceV1.newInstance());
            }
            interceptors.reversed().forEach(server::intercept); // gRPC calls the last one added first
            ApiKeys keys = settings.apiKeys() == null ? ApiKeys.none() : ApiKeys.read(settings.apiKeys());
            server.intercept(new DeadlineInterceptor(settings.defaultDeadline(), settings.longestDeadline()))
                    .intercept(admission(keys));
            if (settings.apiKeys() != null) {
                server.intercept(new ApiKeyInterceptor(keys));
            }
            return server.intercept(new FailureInterceptor(onMappedFault));
        }

        private AdmissionInterceptor admission(ApiKeys keys) {
            AdmissionMetrics shown = new AdmissionMetrics(metrics);
            return new AdmissionInterceptor(
                    new Gate(settings.admission(), Ticker.SYSTEM, shown),
                    new Clients(settings.clients(), keys.clients(), Ticker.SYSTEM, shown),
                    exempt(),
                    shown);
        }

        /** Health and operators are answered under any load. */
        private Set<String> exempt() {
            return Stream.concat(
                            Stream.of(OpenServices.HEALTH),
                            adminServices.stream().map(Builder::name))
                    .collect(Collectors.toSet());
        }

        private NettyServerBuilder bounded() {
            return NettyServerBuilder.forAddress(new InetSocketAddress(settings.host(), settings.port()))
                    .maxInboundMessageSize(settings.maxMessage().asInt())
                    .maxInboundMetadataSize(settings.maxMetadata().asInt())
                    .maxConcurrentCallsPerConnection(settings.concurrentCallsPerConnection())
                    .maxRstFramesPerWindow(
                            settings.rstFrames(),
                            Math.toIntExact(settings.rstWindow().toSeconds()))
                    .handshakeTimeout(settings.handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .keepAliveTime(settings.keepAlive().toMillis(), TimeUnit.MILLISECONDS)
                    .keepAliveTimeout(settings.keepAliveTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .permitKeepAliveTime(settings.permitKeepAlive().toMillis(), TimeUnit.MILLISECONDS)
                    .permitKeepAliveWithoutCalls(true)
                    .maxConnectionAge(settings.connectionAge().toMillis(), TimeUnit.MILLISECONDS)
                    .maxConnectionAgeGrace(settings.drain().toMillis(), TimeUnit.MILLISECONDS);
        }

        private void listen(Server server, ExecutorService calls) {
            try {
                server.start();
            } catch (IOException e) {
                calls.shutdownNow();
                throw new StartFailure(
                        "cannot listen on " + settings.host() + ":" + settings.port() + " (" + rootCause(e)
                                + "): stop what listens there, or set server.port (FUNNEL_SERVER_PORT) to a free port",
                        e);
            }
        }

        private static String rootCause(Throwable failure) {
            Throwable root = failure;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return String.valueOf(root.getMessage());
        }

        private static String name(BindableService service) {
            return service.bindService().getServiceDescriptor().getName();
        }
    }
}
