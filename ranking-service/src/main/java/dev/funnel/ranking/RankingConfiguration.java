package dev.funnel.ranking;

import dev.funnel.runtime.bundle.BundleSettings;
import dev.funnel.runtime.compute.ArithmeticPool;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import dev.funnel.runtime.grpc.ServerSettings;
import dev.funnel.runtime.live.LiveItemSettings;
import dev.funnel.runtime.log.ItemLogSettings;
import dev.funnel.runtime.telemetry.MetricsSettings;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of a ranking process.
 *
 * @param server where it listens
 * @param metrics where it shows its metrics; absent: nowhere
 * @param bundles where its bundle is
 * @param itemLog where it follows the log of items changed between bundles; absent: items change with the bundle only
 * @param liveItems how much it remembers of that log
 * @param computeThreads threads that score, 0 is one per processor and one more; at most 1024
 * @param computeQueue parts of requests that may wait for such a thread, 1 to 100,000; more are shed
 * @param partSize pools larger than this are scored in parts of about this size, side by side; 64 to 10,000 candidates
 */
public record RankingConfiguration(
        ServerSettings server,
        @Nullable MetricsSettings metrics,
        @Default("{}") BundleSettings bundles,
        @Nullable ItemLogSettings itemLog,
        @Default("{}") LiveItemSettings liveItems,
        @Default("0") int computeThreads,
        @Default("256") int computeQueue,
        @Default("512") int partSize) {

    public RankingConfiguration {
        Rule.between("compute_threads", computeThreads, 0, 1024);
        Rule.between("compute_queue", computeQueue, 1, 100_000);
        Rule.between("part_size", partSize, 64, 10_000);
    }

    /** Threads that score, resolved. */
    int threads() {
        return computeThreads == 0 ? ArithmeticPool.usualSize() : computeThreads;
    }
}
