package dev.funnel.reranker;

import dev.funnel.reranker.rule.Policy;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of a reranker process.
 *
 * @param server where it listens
 * @param metrics where it shows its metrics; absent: nowhere
 * @param telemetry what it tells of single requests; absent: nothing
 * @param bundles where its bundle is
 * @param itemLog where it follows the log of items changed between bundles; absent: items change with the bundle only
 * @param liveItems how much it remembers of that log
 * @param embedding name of the generator whose item vectors say how alike two items are
 * @param computeThreads threads that re-rank, 0 is one per processor and one more; at most 1024
 * @param computeQueue requests that may wait for such a thread, 1 to 100,000; more are shed
 * @param policyPoll how often the configuration file is looked at for changed policies, 100 ms to 1 h
 * @param itemGroups category columns of the item table by whose values exposure and scores are counted; at most 8
 * @param userGroups profile values of users by which scores are counted; at most 8
 * @param policies the policies by name; one is named "default"
 */
public record RerankerConfiguration(
        ServerSettings server,
        @Nullable MetricsSettings metrics,
        @Default("{}") TelemetrySettings telemetry,
        @Default("{}") BundleSettings bundles,
        @Nullable ItemLogSettings itemLog,
        @Default("{}") LiveItemSettings liveItems,
        @Default("als") String embedding,
        @Default("0") int computeThreads,
        @Default("256") int computeQueue,
        @Default("2s") Duration policyPoll,
        @Default("[]") List<String> itemGroups,
        @Default("[]") List<String> userGroups,
        Map<String, Policy> policies) {

    public RerankerConfiguration {
        Rule.notBlank("embedding", embedding);
        Rule.between("compute_threads", computeThreads, 0, 1024);
        Rule.between("compute_queue", computeQueue, 1, 100_000);
        Rule.between("policy_poll", policyPoll, Duration.ofMillis(100), Duration.ofHours(1));
        Rule.between("item_groups: number of columns", itemGroups.size(), 0, 8);
        Rule.between("user_groups: number of values", userGroups.size(), 0, 8);
    }

    /** Threads that re-rank, resolved. */
    int threads() {
        return computeThreads == 0 ? ArithmeticPool.usualSize() : computeThreads;
    }
}
