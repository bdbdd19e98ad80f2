package dev.funnel.reranker;

import dev.funnel.reranker.rule.Policy;
import dev.funnel.runtime.bundle.BundleSettings;
import dev.funnel.runtime.compute.ArithmeticPool;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import dev.funnel.runtime.grpc.ServerSettings;
import dev.funnel.runtime.telemetry.MetricsSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of a reranker process.
 *
 * @param server where it listens
 * @param metrics where it shows its metrics; absent: nowhere
 * @param bundles where its bundle is
 * @param embedding name of the generator whose item vectors say how alike two items are
 * @param computeThreads threads that re-rank, 0 is one per processor and one more; at most 1024
 * @param computeQueue requests that may wait for such a thread, 1 to 100,000; more are shed
 * @param policies the policies by name; one is named "default"
 */
public record RerankerConfiguration(
        ServerSettings server,
        @Nullable MetricsSettings metrics,
        @Default("{}") BundleSettings bundles,
        @Default("als") String embedding,
        @Default("0") int computeThreads,
        @Default("256") int computeQueue,
        Map<String, Policy> policies) {

    public RerankerConfiguration {
        Rule.notBlank("embedding", embedding);
        Rule.between("compute_threads", computeThreads, 0, 1024);
        Rule.between("compute_queue", computeQueue, 1, 100_000);
    }

    /** Threads that re-rank, resolved. */
    int threads() {
        return computeThreads == 0 ? ArithmeticPool.usualSize() : computeThreads;
    }
}
