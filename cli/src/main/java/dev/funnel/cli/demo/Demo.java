package dev.funnel.cli.demo;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.cli.client.GatewayClient;
import dev.funnel.cli.client.SlateJson;
import dev.funnel.cli.client.SlateText;
import dev.funnel.cli.cluster.ClusterPlan;
import dev.funnel.cli.cluster.LocalCluster;
import dev.funnel.cli.cluster.Ports;
import dev.funnel.cli.cluster.Service;
import dev.funnel.cli.console.Console;
import dev.funnel.cli.console.StepTimes;
import dev.funnel.cli.console.Stopwatch;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.trainer.read.LogReader;
import dev.funnel.trainer.read.ReadSettings;
import dev.funnel.trainer.read.TrainingLog;
import dev.funnel.trainer.simulate.DemoSettings;
import dev.funnel.trainer.simulate.DemoWorld;
import dev.funnel.trainer.train.DemoEvaluation;
import dev.funnel.trainer.train.TrainingResult;
import dev.funnel.trainer.train.TrainingRun;
import dev.funnel.trainer.train.TrainingSettings;
import dev.funnel.trainer.train.WorseThanPopularityException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The whole funnel on one machine, from nothing: simulates a video site, trains on its logs, publishes, starts the four
 * services, and shows a slate with the reason for each item beside how well the ranker agrees with the truth.
 */
public final class Demo {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Processes that have just started may miss their slice of the first deadlines. */
    private static final int ATTEMPTS = 10;

    private final DemoFolder folder;
    private final DemoSettings settings;
    private final Console console;
    private final StepTimes times = new StepTimes();

    public Demo(DemoFolder folder, DemoSettings settings, Console console) {
        this.folder = folder;
        this.settings = settings;
        this.console = console;
    }

    /** Runs to the first slate; then ends, or serves until interrupted. */
    public void run(boolean once)
            throws IOException, InterruptedException, BundleRefusedException, WorseThanPopularityException {
        DemoWorld world = folder.world(settings, console.progress());
        times.lap("generate");
        DemoEvaluation evaluation = train(world);
        times.lap("train");
        console.remark("starting the services; configuration and logs: " + folder.services());
        try (LocalCluster cluster = LocalCluster.start(plan())) {
            times.lap("start");
            DemoQuestion question = new DemoQuestion(world);
            showSlate(cluster, question);
            showEvaluation(evaluation);
            showSteps();
            if (!once) {
                question.commands(cluster).forEach(console::line);
                cluster.awaitFailure();
            }
        }
    }

    private DemoEvaluation train(DemoWorld world)
            throws IOException, BundleRefusedException, WorseThanPopularityException {
        TrainingSettings usual =
                TrainingSettings.defaults(settings.seed(), Runtime.getRuntime().availableProcessors());
        TrainingLog log = LogReader.read(folder.input(), ReadSettings.DEFAULT, console.progress());
        TrainingResult result = TrainingRun.run(log, folder.store(), usual, console.progress());
        console.object(result.report().json());
        result.report().text().lines().forEach(console::line);
        return DemoEvaluation.of(
                world, log, Objects.requireNonNull(result.heldOut(), "the demo world has impressions"));
    }

    private ClusterPlan plan() {
        return ClusterPlan.ofSamples(folder.bundles(), DemoFolder.BUNDLE, folder.services(), Ports.usualOrFree())
                .withItemLog(folder.itemLog());
    }

    private void showSlate(LocalCluster cluster, DemoQuestion question) {
        try (GatewayClient gateway = new GatewayClient(cluster.target(Service.GATEWAY), "", PATIENCE)) {
            Stopwatch watch = Stopwatch.start();
            RecommendResponse slate = gateway.recommend(question.request());
            for (int attempt = 1; attempt < ATTEMPTS && slate.getDegradationsCount() > 0; attempt++) {
                watch = Stopwatch.start();
                slate = gateway.recommend(question.request());
            }
            times.lap("ask");
            console.object(SlateJson.of(slate, watch.seconds()));
            console.line("");
            console.line("A slate for " + question.userId() + ":");
            SlateText.of(slate).forEach(console::line);
        }
    }

    private void showEvaluation(DemoEvaluation evaluation) {
        Map<String, Object> object = new LinkedHashMap<>(evaluation.json());
        object.put("seconds", times.seconds().getOrDefault("train", 0.0));
        console.object(object);
        console.line("");
        evaluation.text().lines().forEach(console::line);
    }

    private void showSteps() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("system", "demo");
        object.put("protocol", "steps");
        times.seconds().forEach((step, seconds) -> object.put(step + "_seconds", seconds));
        object.put("seconds", times.total());
        console.object(object);
        console.line("");
        console.line(times.line());
    }
}
