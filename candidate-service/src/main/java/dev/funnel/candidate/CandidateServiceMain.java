package dev.funnel.candidate;

import dev.funnel.candidate.cache.Caches;
import dev.funnel.candidate.generate.GeneratorKinds;
import dev.funnel.candidate.grpc.CandidateGrpcService;
import dev.funnel.candidate.retrieve.Retriever;
import dev.funnel.candidate.snapshot.CandidateSnapshot;
import dev.funnel.candidate.snapshot.CandidateSnapshotLoader;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.compute.ArithmeticPool;
import dev.funnel.runtime.log.ItemLogFollowing;
import dev.funnel.runtime.process.Readiness;
import dev.funnel.runtime.process.ServiceMain;
import dev.funnel.runtime.process.StageProcess;
import dev.funnel.runtime.telemetry.Metrics;
import java.util.List;

/** Stage 1 as a process: {@code --config FILE [--exit-with-parent]}. */
public final class CandidateServiceMain {
    private CandidateServiceMain() {}

    public static void main(String[] args) {
        ServiceMain.run("candidate-service", args, CandidateConfiguration.class, CandidateServiceMain::start);
    }

    /** Binds the port, and serves once there is a bundle. */
    public static StageProcess<CandidateSnapshot> start(CandidateConfiguration configuration, Readiness readiness) {
        Metrics metrics = Metrics.open(configuration.metrics(), configuration.telemetry(), "candidate-service");
        GeneratorKinds kinds = GeneratorKinds.installed();
        CandidateSnapshotLoader loader = new CandidateSnapshotLoader(
                configuration.generators(), kinds, configuration.shards(), new Caches(configuration.cache(), metrics));
        Snapshots<CandidateSnapshot> snapshots = new Snapshots<>(configuration.bundles());
        ArithmeticPool arithmetic = configuration.arithmetic();
        Retriever retriever = new Retriever(
                snapshots,
                arithmetic,
                configuration.generators(),
                configuration.reserve(),
                configuration.recallSample(),
                metrics);
        ItemLogFollowing items = ItemLogFollowing.of(
                        configuration.itemLog(), configuration.liveItems(), metrics, snapshots::oldestItemLogPosition)
                .rememberingWatchers();
        return StageProcess.start(
                configuration.server(),
                metrics,
                configuration.bundles(),
                snapshots,
                loader,
                List.of(new CandidateGrpcService(retriever, snapshots)),
                items,
                List.of(items, retriever, arithmetic),
                readiness);
    }
}
