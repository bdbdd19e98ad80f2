package dev.funnel.ranking;

import dev.funnel.inference.Ranker;
import dev.funnel.inference.engine.EngineLoader;
import dev.funnel.ranking.grpc.InferenceGrpcService;
import dev.funnel.ranking.grpc.RankingGrpcService;
import dev.funnel.ranking.grpc.RemoteEngine;
import dev.funnel.ranking.grpc.RemoteSettings;
import dev.funnel.ranking.rank.PoolScoring;
import dev.funnel.ranking.rank.RankMetrics;
import dev.funnel.ranking.rank.WarmUp;
import dev.funnel.ranking.snapshot.RankerLoading;
import dev.funnel.ranking.snapshot.RankerMetrics;
import dev.funnel.ranking.snapshot.RankingSnapshot;
import dev.funnel.ranking.watch.FeatureWatch;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.compute.ArithmeticPool;
import dev.funnel.runtime.deadline.Ticker;
import dev.funnel.runtime.grpc.Channels;
import dev.funnel.runtime.log.ItemLogFollowing;
import dev.funnel.runtime.process.Readiness;
import dev.funnel.runtime.process.ServiceMain;
import dev.funnel.runtime.process.StageProcess;
import dev.funnel.runtime.telemetry.Metrics;
import java.util.List;

/** The ranking process: {@code --config FILE}. What is here is the wiring, from the configuration to the port. */
public final class RankingServiceMain {
    private RankingServiceMain() {}

    public static void main(String[] args) {
        ServiceMain.run("ranking-service", args, RankingConfiguration.class, RankingServiceMain::start);
    }

    /** Starts the service; it is ready once a bundle is loaded. */
    public static StageProcess<RankingSnapshot> start(RankingConfiguration configuration, Readiness readiness) {
        Metrics metrics = Metrics.open(configuration.metrics(), configuration.telemetry(), "ranking-service");
        Snapshots<RankingSnapshot> snapshots = new Snapshots<>(configuration.bundles());
        ArithmeticPool arithmetic = new ArithmeticPool("rank", configuration.threads(), configuration.computeQueue());
        RankerMetrics metered = new RankerMetrics(metrics);
        PoolScoring scoring = new PoolScoring(arithmetic, configuration.partSize());
        Channels channels = new Channels(metrics);
        RankerLoading rankers = rankers(configuration, channels);
        FeatureWatch features =
                new FeatureWatch(configuration.featuresWatchedOneIn(), configuration.featureLog(), metrics);
        ItemLogFollowing items = ItemLogFollowing.of(
                configuration.itemLog(), configuration.liveItems(), metrics, snapshots::oldestItemLogPosition);
        return StageProcess.start(
                configuration.server(),
                metrics,
                configuration.bundles(),
                snapshots,
                bundle -> metered.noted(
                        WarmUp.warmed(RankingSnapshot.load(bundle, rankers, configuration.objectives()), bundle)),
                List.of(
                        new RankingGrpcService(snapshots, scoring, new RankMetrics(metrics), features, Ticker.SYSTEM),
                        new InferenceGrpcService(
                                snapshots, scoring, configuration.bundles().name())),
                items,
                List.of(features, items, scoring, arithmetic, channels),
                readiness);
    }

    private static RankerLoading rankers(RankingConfiguration configuration, Channels channels) {
        RemoteSettings remote = configuration.remote();
        if (remote == null) {
            return (bundle, entry) -> Ranker.load(bundle, entry, configuration.ranker());
        }
        EngineLoader engine = RemoteEngine.loader(channels, remote);
        return (bundle, entry) -> Ranker.load(bundle, entry, engine);
    }
}
