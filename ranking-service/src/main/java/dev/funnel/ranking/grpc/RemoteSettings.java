package dev.funnel.ranking.grpc;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.time.Duration;

/**
 * A server of the Open Inference Protocol v2 that runs the network in this process's place.
 *
 * @param target {@code host:port}, or all replicas, {@code host:port,host:port}
 * @param model its name there
 * @param version its version there; empty: the server's choice
 * @param deadline longest time for one call of at most 256 candidates, within the request's own deadline
 * @param loadDeadline longest wait for the server, and for each of its answers, while a bundle is loaded
 * @param inFlight most calls under way at a time; as many threads wait for them unless {@code compute_threads} says otherwise
 */
public record RemoteSettings(
        String target,
        String model,
        @Default("\"\"") String version,
        @Default("100ms") Duration deadline,
        @Default("30s") Duration loadDeadline,
        @Default("32") int inFlight) {
    public RemoteSettings {
        Rule.notBlank("target", target);
        Rule.notBlank("model", model);
        Rule.between("deadline", deadline, Duration.ofMillis(1), Duration.ofMinutes(1));
        Rule.between("load_deadline", loadDeadline, Duration.ofMillis(1), Duration.ofMinutes(10));
        Rule.between("in_flight", inFlight, 1, 1_024);
    }
}
