package dev.funnel.cli.evaluate;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.cli.client.GatewayClient;
import dev.funnel.cli.cluster.ClusterPlan;
import dev.funnel.cli.cluster.LocalCluster;
import dev.funnel.cli.cluster.Ports;
import dev.funnel.cli.cluster.Service;
import dev.funnel.cli.cluster.ServiceConfiguration;
import dev.funnel.cli.console.Stopwatch;
import dev.funnel.trainer.Progress;
import dev.funnel.trainer.evaluate.NcfData;
import dev.funnel.trainer.train.NcfTraining;
import dev.funnel.trainer.train.TrainingRun;
import dev.funnel.trainer.train.TrainingSettings;
import dev.funnel.trainer.train.WorseThanPopularityException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Trains the whole funnel on a published split, serves it with real processes, asks the gateway for every user, and compares what
 * came over the network with the same funnel computed in this process.
 */
public final class ServedEvaluation {

    private static final String BUNDLE = "ncf";

    /** The others need profiles, columns or times, and the split has none. */
    private static final Set<String> WITHOUT_TIMES_AND_COLUMNS = Set.of("als", "covisit", "popular", "newest");

    private static final int CONCURRENT_CALLS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The split has no times; slates are asked for at this instant. */
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final NcfData data;
    private final Path folder;
    private final long seed;
    private final Progress progress;

    /** @param folder where bundle, configuration and logs go */
    public ServedEvaluation(NcfData data, Path folder, long seed, Progress progress) {
        this.data = data;
        this.folder = folder;
        this.seed = seed;
        this.progress = progress;
    }

    /** The figures of each generator, pooled, ranked and re-ranked, then of each generator's order of the whole pool. */
    public List<ServedFigures> run()
            throws IOException, InterruptedException, BundleRefusedException, WorseThanPopularityException {
        BundleStore store = new BundleStore(folder.resolve("bundles"), BUNDLE);
        TrainingSettings settings = TrainingSettings.defaults(
                        seed, Runtime.getRuntime().availableProcessors())
                .withoutImpressions();
        settings = settings.withGenerators(settings.generators().stream()
                .filter(plan -> WITHOUT_TIMES_AND_COLUMNS.contains(plan.name()))
                .toList());
        TrainingRun.run(NcfTraining.log(data), store, settings, progress);
        try (Bundle bundle = Bundle.open(store.path(store.newest().orElseThrow()))) {
            List<String> generators = bundle.manifest().generators().stream()
                    .map(GeneratorEntry::name)
                    .toList();
            Map<String, Map<String, Double>> offline = offline(bundle);
            return serve(generators, offline);
        }
    }

    private Map<String, Map<String, Double>> offline(Bundle bundle)
            throws BundleRefusedException, InterruptedException {
        RerankingChoice reranking = RerankingChoice.ofSample(EvaluationPipelines.POLICY);
        Map<Integer, Map<String, int[]>> slates = new ConcurrentHashMap<>();
        int processors = Runtime.getRuntime().availableProcessors();
        HeldOutRanks ranks = new HeldOutRanks(data, processors);
        try (OfflineFunnel funnel = new OfflineFunnel(bundle, reranking.policy(), reranking.embedding(), TIME)) {
            Slates remember = user ->
                    slates.computeIfAbsent(user, funnel::slates).getOrDefault(EvaluationPipelines.RANKED, new int[0]);
            ranks.measure(remember, "computing offline", progress);
        }
        Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
        for (String system : slates.getOrDefault(0, Map.of()).keySet()) {
            Slates ofSystem = user -> slates.getOrDefault(user, Map.of()).getOrDefault(system, new int[0]);
            metrics.put(system, ranks.measure(ofSystem, "measuring offline", Progress.SILENT));
        }
        return metrics;
    }

    private List<ServedFigures> serve(List<String> generators, Map<String, Map<String, Double>> offline)
            throws IOException, InterruptedException {
        List<ServedFigures> figures = new ArrayList<>();
        try (LocalCluster cluster = LocalCluster.start(plan(generators));
                GatewayClient gateway = new GatewayClient(cluster.target(Service.GATEWAY), "", PATIENCE)) {
            for (String generator : generators) {
                figures.add(ask(gateway, generator, EvaluationPipelines.alone(generator), offline));
            }
            for (String system :
                    List.of(EvaluationPipelines.POOLED, EvaluationPipelines.RANKED, EvaluationPipelines.RERANKED)) {
                figures.add(ask(gateway, system, system, offline));
            }
        }
        for (String generator : generators) {
            String order = OfflineFunnel.overThePool(generator);
            figures.add(new ServedFigures(order, Map.of(), offline.getOrDefault(order, Map.of()), 0, 0));
        }
        return figures;
    }

    private ServedFigures ask(
            GatewayClient gateway, String system, String pipeline, Map<String, Map<String, Double>> offline)
            throws InterruptedException {
        Stopwatch watch = Stopwatch.start();
        GatewaySlates slates = new GatewaySlates(gateway, pipeline, TIME);
        Map<String, Double> served =
                new HeldOutRanks(data, CONCURRENT_CALLS).measure(slates, "asking for " + system, progress);
        return new ServedFigures(
                system, served, offline.getOrDefault(system, Map.of()), slates.degraded(), watch.seconds());
    }

    private ClusterPlan plan(List<String> generators) {
        ClusterPlan plan =
                ClusterPlan.ofSamples(folder.resolve("bundles"), BUNDLE, folder.resolve("services"), Ports.free());
        ServiceConfiguration gateway = plan.configuration(Service.GATEWAY);
        gateway.set(EvaluationPipelines.of(generators), "pipelines");
        gateway.set(EvaluationPipelines.DEADLINE, "server", "default_deadline");
        return plan;
    }
}
