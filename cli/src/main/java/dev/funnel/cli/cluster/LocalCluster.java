package dev.funnel.cli.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The four services as child processes on the loopback interface. They end with this object, and with this JVM.
 */
public final class LocalCluster implements AutoCloseable {

    /** The interface that all services listen on. */
    public static final String HOST = "127.0.0.1";

    private final ClusterPlan plan;
    private final Map<Service, ServiceProcess> processes = new EnumMap<>(Service.class);
    private final Map<Service, Integer> metricsPorts = new EnumMap<>(Service.class);

    private LocalCluster(ClusterPlan plan) {
        this.plan = plan;
    }

    /**
     * Starts all services and waits until each says that it is ready. Whatever goes wrong, none is left running.
     *
     * @throws IOException if one ends, or is not ready in time, with its last words
     */
    public static LocalCluster start(ClusterPlan plan) throws IOException, InterruptedException {
        LocalCluster cluster = new LocalCluster(plan);
        try {
            cluster.startAll();
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** The port a service listens on. */
    public int port(Service service) {
        return plan.port(service);
    }

    /** Where a service answers, as {@code host:port}. */
    public String target(Service service) {
        return HOST + ":" + port(service);
    }

    /** Where a service shows its metrics. */
    public String metrics(Service service) {
        return "http://" + HOST + ":" + Objects.requireNonNull(metricsPorts.get(service)) + "/metrics";
    }

    /** The process of a service. */
    public ServiceProcess process(Service service) {
        return Objects.requireNonNull(processes.get(service));
    }

    /** Starts a service again that was killed, and waits until it is ready. */
    public void restart(Service service) throws IOException, InterruptedException {
        process(service).kill();
        launch(service);
        awaitReady();
    }

    /**
     * Waits until a service ends by itself.
     *
     * @throws IOException always, with the last words of the one that ended
     */
    public void awaitFailure() throws IOException, InterruptedException {
        CompletableFuture<?>[] endings = processes.values().stream()
                .map(process -> process.handle().onExit())
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.anyOf(endings).get();
        } catch (ExecutionException e) {
            throw new IOException("cannot watch the services", e);
        }
        failIfEnded();
    }

    /** Stops all services: asks first, then kills what does not listen. The gateway stops first, so that no request fails. */
    @Override
    public void close() {
        ServiceProcess gateway = processes.get(Service.GATEWAY);
        if (gateway != null) {
            gateway.terminate();
            gateway.awaitEnd();
        }
        processes.values().forEach(ServiceProcess::terminate);
        processes.values().forEach(ServiceProcess::awaitEnd);
    }

    private void startAll() throws IOException, InterruptedException {
        Files.createDirectories(plan.folder());
        for (Service service : Service.values()) {
            launch(service);
        }
        awaitReady();
    }

    private void launch(Service service) throws IOException {
        Path file = plan.folder().resolve(service.label() + ".yaml");
        place(service).write(file);
        processes.put(service, ServiceProcess.start(service, file, plan.folder().resolve(service.label() + ".log")));
    }

    private ServiceConfiguration place(Service service) {
        ServiceConfiguration configuration = plan.configuration(service)
                .set(HOST, "server", "host")
                .set(port(service), "server", "port")
                .set(HOST, "metrics", "host")
                .set(metricsPort(service), "metrics", "port")
                .set(plan.bundles().toAbsolutePath().toString(), "bundles", "root")
                .set(plan.bundleName(), "bundles", "name");
        if (service == Service.GATEWAY) {
            for (Service stage : Service.values()) {
                if (stage != Service.GATEWAY) {
                    configuration.set(target(stage), "stages", stage.label(), "target");
                }
            }
        }
        return configuration;
    }

    private int metricsPort(Service service) {
        return metricsPorts.computeIfAbsent(service, each -> Ports.metrics(each, port(each)));
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + plan.readyWithin().toNanos();
        for (ServiceProcess process : processes.values()) {
            try (HealthProbe probe = new HealthProbe(target(process.service()))) {
                while (!probe.isServing(deadline - System.nanoTime())) {
                    failIfEnded();
                    failIfLate(process, deadline);
                }
            }
        }
    }

    private void failIfEnded() throws IOException {
        for (ServiceProcess process : processes.values()) {
            if (!process.isAlive()) {
                throw new IOException(process.ending());
            }
        }
    }

    private void failIfLate(ServiceProcess process, long deadline) throws IOException {
        if (System.nanoTime() - deadline >= 0) {
            throw new IOException("the " + process.service().label() + " service was not ready within "
                    + plan.readyWithin().toSeconds() + " s: " + process.lastWords());
        }
    }
}
