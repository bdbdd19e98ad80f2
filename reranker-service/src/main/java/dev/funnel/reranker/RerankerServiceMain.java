package dev.funnel.reranker;

import dev.funnel.reranker.grpc.RerankMetrics;
import dev.funnel.reranker.grpc.RerankerGrpcService;
import dev.funnel.reranker.rerank.Policies;
import dev.funnel.reranker.rerank.PolicySet;
import dev.funnel.reranker.rerank.PolicyWatcher;
import dev.funnel.reranker.rerank.Reranker;
import dev.funnel.reranker.rerank.WarmUp;
import dev.funnel.reranker.snapshot.RerankerSnapshot;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.compute.ArithmeticPool;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.config.Located;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.log.ItemLogFollowing;
import dev.funnel.runtime.process.Readiness;
import dev.funnel.runtime.process.ServiceMain;
import dev.funnel.runtime.process.StageProcess;
import dev.funnel.runtime.telemetry.Metrics;
import java.nio.file.Path;
import java.util.List;

/** The reranker's process: {@code --config FILE}. What is here is the wiring, from the configuration to the port. */
public final class RerankerServiceMain {
    private RerankerServiceMain() {}

    public static void main(String[] args) {
        ServiceMain.runWithFile("reranker-service", args, RerankerConfiguration.class, RerankerServiceMain::start);
    }

    /**
     * Starts the service; it is ready once a bundle is loaded.
     *
     * @param file where the configuration was read from; its policies are read anew when it changes
     */
    public static StageProcess<RerankerSnapshot> start(
            RerankerConfiguration configuration, Path file, Readiness readiness) {
        Metrics metrics = Metrics.open(configuration.metrics(), configuration.telemetry(), "reranker-service");
        Policies policies = new Policies(read(file));
        Reranker reranker = new Reranker(Ticker.SYSTEM);
        Snapshots<RerankerSnapshot> snapshots = new Snapshots<>(configuration.bundles());
        ArithmeticPool arithmetic = new ArithmeticPool("rerank", configuration.threads(), configuration.computeQueue());
        PolicyWatcher watcher = new PolicyWatcher(file, () -> read(file), policies, snapshots);
        watcher.start(configuration.policyPoll());
        WarmUp warmUp = new WarmUp(reranker::rerank, policies);
        ItemLogFollowing items = ItemLogFollowing.of(
                configuration.itemLog(), configuration.liveItems(), metrics, snapshots::oldestItemLogPosition);
        return StageProcess.start(
                configuration.server(),
                metrics,
                configuration.bundles(),
                snapshots,
                bundle -> warmUp.warmed(
                        policies.fitting(RerankerSnapshot.load(bundle, configuration.embedding())), bundle),
                List.of(new RerankerGrpcService(
                        policies,
                        reranker,
                        snapshots,
                        arithmetic,
                        Ticker.SYSTEM,
                        new RerankMetrics(metrics, configuration.itemGroups(), configuration.userGroups()))),
                items,
                List.of(items, arithmetic, watcher),
                readiness);
    }

    /** The policies that the file holds now, with their lines. */
    private static PolicySet read(Path file) {
        Located<RerankerConfiguration> located =
                ConfigurationFile.locate(RerankerConfiguration.class, file, System.getenv());
        return PolicySet.of(located, located.value().policies());
    }
}
