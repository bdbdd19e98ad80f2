package dev.funnel.candidate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.candidate.generate.Generator;
import dev.funnel.candidate.generate.GeneratorSettings;
import dev.funnel.candidate.grpc.CandidateGrpcService;
import dev.funnel.candidate.index.ServedShards;
import dev.funnel.candidate.retrieve.GeneratorMetrics;
import dev.funnel.candidate.retrieve.Retriever;
import dev.funnel.candidate.snapshot.CandidateSnapshot;
import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.proto.candidate.v1.GeneratorStatus;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.retrieval.Hits;
import dev.funnel.runtime.bundle.BundleSettings;
import dev.funnel.runtime.bundle.Snapshots;
import dev.funnel.runtime.compute.ArithmeticPool;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.grpc.Failures;
import dev.funnel.runtime.process.Readiness;
import dev.funnel.runtime.process.StageProcess;
import dev.funnel.runtime.telemetry.Metrics;
import dev.funnel.runtime.telemetry.MetricsSettings;
import dev.funnel.runtime.testing.Await;
import dev.funnel.runtime.testing.WireClient;
import dev.funnel.runtime.testing.WireServer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A generator that hangs or fails costs its own part and nothing else. */
class GeneratorTroubleTest {
    private static final Duration SLICE = Duration.ofMillis(300);
    private static final Hits THREE = new Hits(new int[] {3, 2, 1}, new float[] {3, 2, 1}, 0, true);

    @TempDir
    private Path root;

    private final Metrics metrics = Metrics.open(new MetricsSettings("127.0.0.1", 0), "test");
    private final WireClient client = new WireClient();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<StageProcess<CandidateSnapshot>> started = new ArrayList<>();

    /** Two threads for arithmetic, and so one place for each generator. */
    private CandidateServiceGrpc.CandidateServiceBlockingStub serving(Generator... generators) throws Exception {
        SmallBundle.publish(root);
        BundleSettings bundles = new BundleSettings(root, SmallBundle.NAME, Duration.ofSeconds(1));
        Snapshots<CandidateSnapshot> snapshots = new Snapshots<>(bundles);
        ArithmeticPool arithmetic = new ArithmeticPool("test", 2, 16);
        List<GeneratorSettings> settings = Stream.of(generators)
                .map(each ->
                        new GeneratorSettings(each.name(), "scripted", GeneratorSettings.IndexSetting.AUTO, SLICE, 0))
                .toList();
        Retriever retriever = new Retriever(snapshots, arithmetic, settings, Duration.ofMillis(10), new GeneratorMetrics(metrics));
        StageProcess<CandidateSnapshot> process = StageProcess.start(
                WireServer.settings("drain: 1s"),
                Metrics.off(),
                bundles,
                snapshots,
                bundle -> new CandidateSnapshot(
                        bundle.items(), bundle.users(), List.of(generators), ServedShards.all(bundle.shards())),
                List.of(new CandidateGrpcService(retriever, snapshots)),
                List.of(retriever, arithmetic),
                Readiness.silent());
        started.add(process);
        process.lookForBundles(Deadline.after(Duration.ofSeconds(60)));
        return CandidateServiceGrpc.newBlockingStub(
                client.channel(process.host().address()));
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        client.close();
        started.forEach(StageProcess::close);
        metrics.close();
    }

    /** Waits until the page of metrics has the line. */
    private void awaitLine(String line) {
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

    private Generator hanging() {
        return ScriptedGenerator.named("hanging", () -> {
            try {
                assertTrue(goOn.await(60, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return THREE;
        });
    }

    private static Generator answering(Supplier<Hits> answer) {
        return ScriptedGenerator.named("answering", answer);
    }

    @Test
    void a_generator_that_hangs_is_late_time_and_again_and_the_other_answers_every_time() throws Exception {
        var stub = serving(hanging(), answering(() -> THREE));
        for (int i = 0; i < 3; i++) {
            RetrieveResponse response = stub.retrieve(Requests.visitor().build());
            assertEquals(
                    List.of(GeneratorStatus.GENERATOR_STATUS_LATE, GeneratorStatus.GENERATOR_STATUS_OK),
                    response.getOutcomesList().stream()
                            .map(outcome -> outcome.getStatus())
                            .toList());
            assertEquals(
                    DegradationKind.DEGRADATION_KIND_LATE,
                    response.getDegradations(0).getKind());
            assertEquals("hanging", response.getDegradations(0).getComponent());
            assertEquals(3, response.getCandidates().getItemIdsCount());
        }
    }

    @Test
    void a_generator_that_fails_is_a_degradation_that_says_why() throws Exception {
        var stub = serving(
                ScriptedGenerator.named("failing", () -> {
                    throw new IllegalStateException("out of luck");
                }),
                answering(() -> THREE));
        RetrieveResponse response = stub.retrieve(Requests.visitor().build());
        assertEquals(
                GeneratorStatus.GENERATOR_STATUS_FAILED, response.getOutcomes(0).getStatus());
        assertEquals(
                DegradationKind.DEGRADATION_KIND_FAILED,
                response.getDegradations(0).getKind());
        assertTrue(response.getDegradations(0).getCause().contains("out of luck"));
        assertEquals(3, response.getCandidates().getItemIdsCount());
    }

    @Test
    void a_search_cut_off_by_its_deadline_brings_what_it_had_and_says_so() throws Exception {
        var stub = serving(answering(() -> new Hits(new int[] {5}, new float[] {1}, 0, false)));
        RetrieveResponse response = stub.retrieve(Requests.visitor().build());
        assertEquals(
                GeneratorStatus.GENERATOR_STATUS_OK, response.getOutcomes(0).getStatus());
        assertEquals(false, response.getOutcomes(0).getExact());
        assertEquals(
                DegradationKind.DEGRADATION_KIND_REDUCED_EFFORT,
                response.getDegradations(0).getKind());
        assertEquals(1, response.getCandidates().getItemIdsCount());
    }

    @Test
    void if_no_generator_answers_in_time_the_call_is_late() throws Exception {
        var stub = serving(hanging());
        StatusRuntimeException failure = assertThrows(
                StatusRuntimeException.class,
                () -> stub.retrieve(Requests.visitor().build()));
        assertEquals(Status.Code.DEADLINE_EXCEEDED, failure.getStatus().getCode());
        assertEquals("DEADLINE_PASSED", Failures.reason(failure).orElseThrow());
    }

    @Test
    void an_answer_comes_before_the_callers_deadline_although_a_generator_hangs() throws Exception {
        var stub = serving(hanging(), answering(() -> THREE));
        stub.retrieve(Requests.visitor().build()); // connected and warm
        RetrieveResponse response = stub.withDeadlineAfter(250, TimeUnit.MILLISECONDS)
                .retrieve(Requests.visitor().build());
        assertEquals(3, response.getCandidates().getItemIdsCount());
    }

    @Test
    void scores_of_the_whole_pool_are_those_of_the_generator() throws Exception {
        var stub = serving(answering(() -> THREE));
        RetrieveResponse response = stub.retrieve(Requests.visitor().build());
        assertEquals(
                List.of(SmallBundle.item(3), SmallBundle.item(2), SmallBundle.item(1)),
                response.getCandidates().getItemIdsList());
        assertEquals(
                List.of(3f, 2f, 1f), response.getCandidates().getNominations(0).getPoolScoresList());
    }

    @Test
    void how_each_generator_fared_is_counted() throws Exception {
        var stub = serving(hanging(), answering(() -> new Hits(new int[] {3, 2}, new float[] {3, 2}, 7, true)));
        stub.retrieve(Requests.visitor().build());
        stub.retrieve(Requests.visitor().build());
        awaitLine("funnel_candidate_searches_total{generator=\"answering\",outcome=\"exact\"} 2.0");
        awaitLine("funnel_candidate_searches_total{generator=\"hanging\",outcome=\"late\"} 2.0");
        awaitLine("funnel_candidate_returned_total{generator=\"answering\"} 4.0");
        awaitLine("funnel_candidate_filtered_total{generator=\"answering\"} 14.0");
        awaitLine("funnel_candidate_search_duration_seconds_count{generator=\"answering\"} 2");
    }
}
