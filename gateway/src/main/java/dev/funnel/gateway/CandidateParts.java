package dev.funnel.gateway;

import dev.funnel.runtime.config.ByteSize;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import dev.funnel.runtime.grpc.CallPolicy;
import dev.funnel.runtime.grpc.ChannelSettings;
import dev.funnel.runtime.grpc.Hedging;
import dev.funnel.runtime.grpc.Retries;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to reach candidate generation: one target, if every replica serves the whole catalogue, or one per part, in the order of their
 * numbers. The other keys are as in {@link StageSettings}; bounds are of all parts together.
 *
 * @param target of the only part
 * @param targets of all parts; part p of n is a process with {@code shards: {part: p, of: n}}, or several replicas of it
 * @param maxConcurrentByGenerator the same for calls that ask a certain generator; of one that is not named there is no such bound
 */
public record CandidateParts(
        @Nullable String target,
        @Default("[]") List<String> targets,
        @Default("16MiB") ByteSize maxMessage,
        @Default("30s") Duration keepAlive,
        @Default("5s") Duration keepAliveTimeout,
        @Default("true") boolean healthChecks,
        @Default("true") boolean outlierDetection,
        @Default("256") int maxConcurrent,
        @Default("{}") Map<String, Integer> maxConcurrentByGenerator,
        @Default("{}") Retries retries,
        @Nullable Hedging hedging) {
    private static final int MOST_PARTS = 256;

    public CandidateParts {
        Rule.holds(
                (target == null) != targets.isEmpty(),
                "target",
                target == null ? "absent, as targets are" : target,
                "must stand alone, or targets must");
        Rule.between("targets", targets.size(), 0, MOST_PARTS);
        parts(target, targets, maxMessage, keepAlive, keepAliveTimeout, healthChecks, outlierDetection);
        Rule.between("max_concurrent", maxConcurrent, 1, StageSettings.MOST_CONCURRENT);
        maxConcurrentByGenerator.forEach((generator, most) ->
                Rule.between("max_concurrent_by_generator." + generator, most, 1, StageSettings.MOST_CONCURRENT));
    }

    /** A channel for each part. */
    public List<ChannelSettings> channels() {
        return parts(target, targets, maxMessage, keepAlive, keepAliveTimeout, healthChecks, outlierDetection);
    }

    public CallPolicy policy() {
        return hedging == null ? retries : hedging;
    }

    private static List<ChannelSettings> parts(
            @Nullable String target,
            List<String> targets,
            ByteSize maxMessage,
            Duration keepAlive,
            Duration keepAliveTimeout,
            boolean healthChecks,
            boolean outlierDetection) {
        List<String> all = target == null ? targets : List.of(target);
        return all.stream()
                .map(each -> new ChannelSettings(
                        each, maxMessage, keepAlive, keepAliveTimeout, healthChecks, outlierDetection))
                .toList();
    }
}
