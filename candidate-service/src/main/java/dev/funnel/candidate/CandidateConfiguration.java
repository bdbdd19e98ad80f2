package dev.funnel.candidate;

import dev.funnel.candidate.cache.CacheSettings;
import dev.funnel.candidate.generate.GeneratorSettings;
import dev.funnel.candidate.index.ShardSettings;
import dev.funnel.runtime.bundle.BundleSettings;
import dev.funnel.runtime.compute.ArithmeticPool;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import dev.funnel.runtime.grpc.ServerSettings;
import dev.funnel.runtime.live.LiveItemSettings;
import dev.funnel.runtime.log.ItemLogSettings;
import dev.funnel.runtime.telemetry.MetricsSettings;
import dev.funnel.runtime.telemetry.TelemetrySettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of candidate-service.
 *
 * @param server where it listens
 * @param metrics where it shows its metrics; absent: nowhere
 * @param telemetry what it tells of single requests; absent: nothing
 * @param bundles where it finds its bundle
 * @param itemLog where it follows the log of items changed between bundles; absent: items change with the bundle only
 * @param liveItems how much it remembers of that log
 * @param shards which virtual shards of the bundle it serves; all, unless told
 * @param generators which of the bundle's generators to serve, and how; empty: all, as usual
 * @param cache how much it remembers of what was asked before
 * @param recallSample one in so many searches of an approximate index is repeated exactly, in spare time, for the metric of recall;
 *     0: none
 * @param computeThreads threads for arithmetic; 0: one per processor and one to spare
 * @param computeQueue pieces of arithmetic that may wait for a thread; more are shed
 * @param reserve what is kept of each call's time for merging
 */
public record CandidateConfiguration(
        ServerSettings server,
        @Nullable MetricsSettings metrics,
        @Default("{}") TelemetrySettings telemetry,
        @Default("{}") BundleSettings bundles,
        @Nullable ItemLogSettings itemLog,
        @Default("{}") LiveItemSettings liveItems,
        @Default("{}") ShardSettings shards,
        @Default("[]") List<GeneratorSettings> generators,
        @Default("{}") CacheSettings cache,
        @Default("1000") int recallSample,
        @Default("0") int computeThreads,
        @Default("256") int computeQueue,
        @Default("10ms") Duration reserve) {
    public CandidateConfiguration {
        Rule.between("recall_sample", recallSample, 0, 1_000_000_000);
        Rule.between("compute_threads", computeThreads, 0, 1_000);
        Rule.between("compute_queue", computeQueue, 1, 100_000);
        Rule.between("reserve", reserve, Duration.ofMillis(1), Duration.ofSeconds(10));
        Set<String> names = new HashSet<>();
        for (GeneratorSettings generator : generators) {
            Rule.holds(names.add(generator.name()), "generators", generator.name(), "must not stand twice");
        }
    }

    ArithmeticPool arithmetic() {
        int threads = computeThreads == 0 ? ArithmeticPool.usualSize() : computeThreads;
        return new ArithmeticPool("candidate-arithmetic", threads, computeQueue);
    }
}
