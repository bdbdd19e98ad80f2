package dev.funnel.cli.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a {@link LocalCluster} is to be.
 *
 * @param bundles root of the bundle folder
 * @param bundleName name of the bundle in it
 * @param folder where the configuration files and the logs of the processes go
 * @param ports one per service
 * @param configurations one per service; ports, targets and the bundle folder are put in when it starts
 * @param candidateParts processes that candidate generation is spread over, at least 1; the first has the service's port
 * @param replicas processes of a service that serve the same, of candidate generation for each part; 1 where nothing is said
 * @param jvmFlags of a service's JVM, after the usual ones
 * @param detours where the gateway reaches a service, as {@code host:port}, for those that it does not reach where they answer
 * @param readyWithin longest time that all services together may take to be ready
 */
public record ClusterPlan(
        Path bundles,
        String bundleName,
        Path folder,
        Map<Service, Integer> ports,
        Map<Service, ServiceConfiguration> configurations,
        int candidateParts,
        Map<Service, Integer> replicas,
        Map<Service, List<String>> jvmFlags,
        Map<Service, String> detours,
        Duration readyWithin) {

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);

    /** The sample configuration of all services. */
    public static ClusterPlan ofSamples(Path bundles, String bundleName, Path folder, Map<Service, Integer> ports) {
        Map<Service, ServiceConfiguration> samples = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            samples.put(service, ServiceConfiguration.sample(service));
        }
        return new ClusterPlan(
                bundles, bundleName, folder, ports, samples, 1, Map.of(), Map.of(), Map.of(), READY_WITHIN);
    }

    /** The same with candidate generation spread over so many processes. */
    public ClusterPlan withCandidateParts(int parts) {
        return with(parts, replicas, jvmFlags, detours);
    }

    /** The same with more than one process of services, of candidate generation for each part. */
    public ClusterPlan withReplicas(Map<Service, Integer> counts) {
        return with(candidateParts, Map.copyOf(counts), jvmFlags, detours);
    }

    /** The same with flags for the JVMs of services. */
    public ClusterPlan withJvmFlags(Map<Service, List<String>> flags) {
        return with(candidateParts, replicas, flags, detours);
    }

    /** The same with something between the gateway and the services, e.g. a proxy: where the gateway is to reach them. */
    public ClusterPlan withDetours(Map<Service, String> targets) {
        return with(candidateParts, replicas, jvmFlags, Map.copyOf(targets));
    }

    private ClusterPlan with(
            int parts, Map<Service, Integer> counts, Map<Service, List<String>> flags, Map<Service, String> targets) {
        return new ClusterPlan(
                bundles, bundleName, folder, ports, configurations, parts, counts, flags, targets, readyWithin);
    }

    /** The same with an item log in a folder, which the gateway owns and all stages follow: items can be changed between bundles. */
    public ClusterPlan withItemLog(Path itemLog) {
        configuration(Service.GATEWAY).set(itemLog.toAbsolutePath().toString(), "item_log_store", "folder");
        String owner = LocalCluster.HOST + ":" + port(Service.GATEWAY);
        for (Service stage : EnumSet.complementOf(EnumSet.of(Service.GATEWAY))) {
            configuration(stage).set(owner, "item_log", "target");
        }
        return this;
    }

    /** The configuration of a service; may be changed until the cluster starts. */
    public ServiceConfiguration configuration(Service service) {
        return Objects.requireNonNull(configurations.get(service));
    }

    List<String> jvmFlags(Service service) {
        return jvmFlags.getOrDefault(service, List.of());
    }

    /** The port a service will listen on; of candidate generation, its first part. */
    public int port(Service service) {
        return Objects.requireNonNull(ports.get(service));
    }
}
