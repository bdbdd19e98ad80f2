package dev.funnel.candidate;

import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.candidate.cache.Caches;
import dev.funnel.candidate.generate.Generator;
import dev.funnel.candidate.generate.GeneratorSettings;
import dev.funnel.candidate.grpc.CandidateGrpcService;
import dev.funnel.candidate.index.ServedShards;
import dev.funnel.candidate.retrieve.Retriever;
import dev.funnel.candidate.snapshot.CandidateSnapshot;
import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.runtime.bundle.BundleSettings;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.compute.ArithmeticPool;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.process.Readiness;
import dev.funnel.runtime.process.StageProcess;
import dev.funnel.runtime.telemetry.Metrics;
import dev.funnel.runtime.telemetry.MetricsSettings;
import dev.funnel.runtime.testing.Await;
import dev.funnel.runtime.testing.WireClient;
import dev.funnel.runtime.testing.WireServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** candidate-service over the small bundle with generators of a test's own, and its page of metrics. */
final class ScriptedService implements AutoCloseable {
    private final Metrics metrics = Metrics.open(new MetricsSettings("127.0.0.1", 0), "test");
    private final WireClient client = new WireClient();
    private final StageProcess<CandidateSnapshot> process;

    /** Two threads for arithmetic, and so one place for each generator. */
    ScriptedService(Path root, int recallSample, Duration slice, Duration reserve, List<Generator> generators) {
        BundleSettings bundles = new BundleSettings(root, SmallBundle.NAME, Duration.ofSeconds(1));
        Snapshots<CandidateSnapshot> snapshots = new Snapshots<>(bundles);
        ArithmeticPool arithmetic = new ArithmeticPool("test", 2, 16);
        List<GeneratorSettings> settings = generators.stream()
                .map(each -> new GeneratorSettings(
                        each.name(), "scripted", GeneratorSettings.IndexSetting.AUTO, slice, 0, null))
                .toList();
        Retriever retriever = new Retriever(snapshots, arithmetic, settings, reserve, recallSample, metrics);
        process = StageProcess.start(
                WireServer.settings("drain: 1s"),
                Metrics.off(),
                bundles,
                snapshots,
                bundle -> new CandidateSnapshot(
                        bundle.items(),
                        bundle.users(),
                        generators,
                        ServedShards.all(bundle.shards()),
                        Caches.usual().predicates(bundle.items())),
                List.of(new CandidateGrpcService(retriever, snapshots)),
                List.of(retriever, arithmetic),
                Readiness.silent());
        process.lookForBundles(Deadline.after(Duration.ofSeconds(60)));
    }

    CandidateServiceGrpc.CandidateServiceBlockingStub stub() {
        return CandidateServiceGrpc.newBlockingStub(
                client.channel(process.host().address()));
    }

    /** Waits until the page of metrics has the line. */
    void awaitLine(String line) {
        URI page = URI.create("http://127.0.0.1:" + metrics.port().orElseThrow() + "/metrics");
        Await.until(line, () -> page(page).lines().anyMatch(line::equals));
    }

    private static String page(URI page) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        process.close();
        metrics.close();
    }
}
