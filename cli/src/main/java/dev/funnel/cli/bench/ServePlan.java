package dev.funnel.cli.bench;

import dev.funnel.benchmarks.load.Load;
import dev.funnel.cli.cluster.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is put under load, and how.
 *
 * @param bundles root of the bundle folder
 * @param name of the bundle; its users and items are asked for, from its newest version
 * @param target a gateway that runs already, as {@code host:port}; empty: the four services are started
 * @param load of each part that is measured
 * @param warmUp how long it is loaded before anything is counted
 * @param slate items asked for
 * @param nominated how many items the generators of a pipeline nominate together
 * @param deadline of each request, as the client sets it
 * @param settings settings of services that differ from the samples
 * @param jvmFlags further flags for the JVMs of services
 * @param replicas processes of a service; 1 where nothing is said
 * @param apiKey sent with every request; empty: none
 */
public record ServePlan(
        Path bundles,
        String name,
        String target,
        Load load,
        Duration warmUp,
        int slate,
        int nominated,
        Duration deadline,
        List<SettingOverride> settings,
        Map<Service, List<String>> jvmFlags,
        Map<Service, Integer> replicas,
        String apiKey) {

    /** The same with further settings that differ. */
    ServePlan with(List<SettingOverride> more) {
        List<SettingOverride> all =
                Stream.concat(settings.stream(), more.stream()).toList();
        return with(all, replicas, apiKey);
    }

    /** The same with so many processes of a service. */
    ServePlan withReplicas(Service service, int count) {
        return with(settings, Map.of(service, count), apiKey);
    }

    /** The same for a client that says who it is. */
    ServePlan withApiKey(String key) {
        return with(settings, replicas, key);
    }

    private ServePlan with(List<SettingOverride> set, Map<Service, Integer> counts, String key) {
        return new ServePlan(
                bundles, name, target, load, warmUp, slate, nominated, deadline, set, jvmFlags, counts, key);
    }
}
