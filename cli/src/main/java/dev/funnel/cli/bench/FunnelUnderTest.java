package dev.funnel.cli.bench;

import dev.funnel.benchmarks.load.Footprint;
import dev.funnel.benchmarks.load.GatewayTarget;
import dev.funnel.benchmarks.load.Lag;
import dev.funnel.benchmarks.load.Load;
import dev.funnel.benchmarks.load.OpenLoop;
import dev.funnel.benchmarks.load.ProcessFigures;
import dev.funnel.benchmarks.load.Questions;
import dev.funnel.benchmarks.load.Tally;
import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.cli.cluster.ClusterPlan;
import dev.funnel.cli.cluster.LocalCluster;
import dev.funnel.cli.cluster.Ports;
import dev.funnel.cli.cluster.Service;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.trainer.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A funnel that is put under load: four processes started for it, or one that runs already. What it started ends with it. */
public final class FunnelUnderTest implements AutoCloseable {

    private static final String CLIENT = "client";

    private final @Nullable LocalCluster cluster;
    private final String address;
    private final GatewayTarget target;
    private final OpenLoop loop;

    private FunnelUnderTest(ServePlan plan, @Nullable LocalCluster cluster, List<RecommendRequest> questions) {
        this.cluster = cluster;
        this.address = cluster == null ? plan.target() : cluster.target(Service.GATEWAY);
        this.target = new GatewayTarget(address, questions, plan.deadline(), plan.apiKey());
        this.loop = new OpenLoop(target);
    }

    /**
     * Starts what is to be started, and warms it up.
     *
     * @param bundles root of the bundles that are served
     * @param folder for configuration files and logs
     */
    public static FunnelUnderTest start(ServePlan plan, Path bundles, Path folder, Progress progress)
            throws IOException, InterruptedException, BundleRefusedException {
        List<RecommendRequest> questions = questions(plan);
        LocalCluster cluster = plan.target().isEmpty() ? LocalCluster.start(cluster(plan, bundles, folder)) : null;
        FunnelUnderTest funnel = new FunnelUnderTest(plan, cluster, questions);
        try {
            funnel.loop.warm(plan.load(), plan.warmUp(), progress, "warming up");
            return funnel;
        } catch (InterruptedException | RuntimeException e) {
            funnel.close();
            throw e;
        }
    }

    /** Loads it, and counts everything in one tally. */
    public Measured measure(Load load, Progress progress, String what) throws IOException, InterruptedException {
        Tally tally = new Tally();
        return measure(load, tally, () -> tally, progress, what);
    }

    /**
     * Loads it.
     *
     * @param tally what is shown
     * @param tallies where each request is counted, asked at its intended start
     */
    public Measured measure(Load load, Tally tally, Supplier<Tally> tallies, Progress progress, String what)
            throws IOException, InterruptedException {
        Map<String, ProcessFigures> before = processes();
        Lag lag = loop.drive(load, tallies, progress, what);
        Map<String, Double> cpuMillis = new LinkedHashMap<>();
        processes().forEach((process, figures) -> {
            ProcessFigures earlier = before.getOrDefault(process, figures);
            double millis = figures.cpuMillis() - earlier.cpuMillis();
            cpuMillis.put(process, Measured.rounded(millis / Math.max(1, lag.sent())));
        });
        return new Measured(load, tally, lag, cpuMillis);
    }

    /** The services' processes, if they were started here. */
    public Optional<LocalCluster> cluster() {
        return Optional.ofNullable(cluster);
    }

    /** The gateway's, as {@code host:port}. */
    String address() {
        return address;
    }

    /** The newest bundle version that an answer was made of; empty before the first answer. */
    String newestVersion() {
        return target.newestVersion();
    }

    /** What each process uses now, this one too; only this one if the services were not started here. */
    public Map<String, ProcessFigures> processes() throws IOException {
        Map<String, ProcessFigures> figures = new LinkedHashMap<>();
        if (cluster != null) {
            for (Map.Entry<String, ProcessHandle> each : cluster.handles().entrySet()) {
                figures.put(each.getKey(), ProcessFigures.of(each.getValue().pid()));
            }
        }
        figures.put(CLIENT, ProcessFigures.of(ProcessHandle.current().pid()));
        return figures;
    }

    /** What each service's process holds; its garbage is collected first. */
    Map<String, Footprint> footprints() throws IOException, InterruptedException {
        Map<String, Footprint> footprints = new LinkedHashMap<>();
        if (cluster != null) {
            for (Map.Entry<String, ProcessHandle> each : cluster.handles().entrySet()) {
                footprints.put(each.getKey(), Footprint.of(each.getValue().pid()));
            }
        }
        return footprints;
    }

    @Override
    public void close() {
        target.close();
        if (cluster != null) {
            cluster.close();
        }
    }

    private static ClusterPlan cluster(ServePlan plan, Path bundles, Path folder) {
        ClusterPlan cluster = ClusterPlan.ofSamples(bundles, plan.name(), folder, Ports.free())
                .withJvmFlags(plan.jvmFlags())
                .withReplicas(plan.replicas());
        cluster.configuration(Service.GATEWAY).nominating(plan.nominated()).set(0, "last_good_slates", "max_slates");
        plan.settings().forEach(setting -> setting.into(cluster));
        return cluster;
    }

    static List<RecommendRequest> questions(ServePlan plan) throws IOException, BundleRefusedException {
        BundleStore store = new BundleStore(plan.bundles(), plan.name());
        BundleVersion newest = store.newest()
                .orElseThrow(() -> new IOException(store.directory()
                        + ": holds no bundle; ./funnel demo --once leaves some in demo-world/bundles"));
        try (Bundle bundle = Bundle.open(store.path(newest))) {
            return Questions.of(bundle, plan.slate(), plan.load().seed());
        }
    }
}
