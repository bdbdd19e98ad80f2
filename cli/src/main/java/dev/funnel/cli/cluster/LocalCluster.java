package dev.funnel.cli.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/**
 * The four services as child processes on the loopback interface, candidate generation in several if so planned. They end with this object, and with this JVM.
 */
public final class LocalCluster implements AutoCloseable {

    /** The interface that all services listen on. */
    public static final String HOST = "127.0.0.1";

    private final ClusterPlan plan;
    private final Map<Member, ServiceProcess> processes = new LinkedHashMap<>();
    private final Map<Member, Integer> ports = new HashMap<>();
    private final Map<Member, Integer> metricsPorts = new HashMap<>();

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

    /** The port a service listens on; of candidate generation, its first part. */
    public int port(Service service) {
        return plan.port(service);
    }

    /** Where a service answers, as {@code host:port}. */
    public String target(Service service) {
        return HOST + ":" + port(service);
    }

    /** What runs, a line for each process: where it answers, and where it shows its metrics. */
    public List<String> lines() {
        return members().stream()
                .map(member -> member.label() + " answers at " + target(member) + ", its metrics at http://" + HOST
                        + ":" + metricsPort(member) + "/metrics")
                .toList();
    }

    /** The process of a service. */
    public ServiceProcess process(Service service) {
        return process(service, 0);
    }

    /** The process of a part of a service. */
    public ServiceProcess process(Service service, int part) {
        return Objects.requireNonNull(processes.get(member(service, part)));
    }

    /** Every process by its name in files and messages. */
    public Map<String, ProcessHandle> handles() {
        Map<String, ProcessHandle> handles = new LinkedHashMap<>();
        processes.forEach((member, process) -> handles.put(member.label(), process.handle()));
        return handles;
    }

    /** Starts a service again that was killed, and waits until it is ready. */
    public void restart(Service service) throws IOException, InterruptedException {
        restart(service, 0);
    }

    /** Starts a part of a service again that was killed, and waits until it is ready. */
    public void restart(Service service, int part) throws IOException, InterruptedException {
        process(service, part).kill();
        launch(member(service, part));
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
        ServiceProcess gateway = processes.get(member(Service.GATEWAY, 0));
        if (gateway != null) {
            gateway.terminate();
            gateway.awaitEnd();
        }
        processes.values().forEach(ServiceProcess::terminate);
        processes.values().forEach(ServiceProcess::awaitEnd);
    }

    private void startAll() throws IOException, InterruptedException {
        Files.createDirectories(plan.folder());
        for (Member member : members()) {
            launch(member);
        }
        awaitReady();
    }

    private List<Member> members() {
        return Member.all(plan.candidateParts(), plan.replicas());
    }

    private Member member(Service service, int part) {
        return members().stream()
                .filter(member -> member.service() == service && member.part() == part && member.replica() == 0)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no part " + part + " of " + service.label()));
    }

    private void launch(Member member) throws IOException {
        Path file = plan.folder().resolve(member.label() + ".yaml");
        place(member).write(file);
        processes.put(
                member,
                ServiceProcess.start(
                        member.service(),
                        file,
                        plan.jvmFlags(member.service()),
                        plan.folder().resolve(member.label() + ".log")));
    }

    private ServiceConfiguration place(Member member) {
        Service service = member.service();
        ServiceConfiguration configuration = plan.configuration(service)
                .set(HOST, "server", "host")
                .set(port(member), "server", "port")
                .set(HOST, "metrics", "host")
                .set(metricsPort(member), "metrics", "port")
                .set(plan.bundles().toAbsolutePath().toString(), "bundles", "root")
                .set(plan.bundleName(), "bundles", "name");
        if (service == Service.CANDIDATE) {
            configuration.set(member.part(), "shards", "part").set(member.of(), "shards", "of");
        } else if (service == Service.GATEWAY) {
            placeStages(configuration);
        }
        return configuration;
    }

    private void placeStages(ServiceConfiguration gateway) {
        for (Service stage : Service.values()) {
            if (stage == Service.CANDIDATE && plan.candidateParts() > 1) {
                List<String> targets = IntStream.range(0, plan.candidateParts())
                        .mapToObj(part -> String.join(",", targets(stage, part)))
                        .toList();
                gateway.set(Map.of("targets", targets), "stages", stage.label());
            } else if (stage != Service.GATEWAY) {
                String target = plan.detours().getOrDefault(stage, String.join(",", targets(stage, 0)));
                gateway.set(target, "stages", stage.label(), "target");
            }
        }
    }

    /** Where the replicas of a part of a service answer, each as {@code host:port}. */
    public List<String> targets(Service service, int part) {
        return members().stream()
                .filter(member -> member.service() == service && member.part() == part)
                .map(this::target)
                .toList();
    }

    private String target(Member member) {
        return HOST + ":" + port(member);
    }

    private int port(Member member) {
        return member.part() == 0 && member.replica() == 0
                ? plan.port(member.service())
                : ports.computeIfAbsent(member, each -> Ports.anyFree());
    }

    private int metricsPort(Member member) {
        return metricsPorts.computeIfAbsent(member, each -> Ports.metrics(each.service(), port(each)));
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + plan.readyWithin().toNanos();
        for (Map.Entry<Member, ServiceProcess> each : processes.entrySet()) {
            ServiceProcess process = each.getValue();
            try (HealthProbe probe = new HealthProbe(target(each.getKey()))) {
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
            throw new IOException("the " + process.label() + " was not ready within "
                    + plan.readyWithin().toSeconds() + " s: " + process.lastWords());
        }
    }
}
