package dev.funnel.candidate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.candidate.generate.Generator;
import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.proto.candidate.v1.GeneratorStatus;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.retrieval.Hits;
import dev.funnel.runtime.grpc.Failures;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A generator that hangs or fails costs its own part and nothing else. */
class GeneratorTroubleTest {
    private static final Duration SLICE = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration RESERVE = Duration.ofMillis(10);
    private static final Hits THREE = new Hits(new int[] {3, 2, 1}, new float[] {3, 2, 1}, 0, true);

    @TempDir
    private Path root;

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<ScriptedService> started = new ArrayList<>();

    private CandidateServiceGrpc.CandidateServiceBlockingStub serving(Generator... generators) throws Exception {
        SmallBundle.publish(root);
        ScriptedService service = new ScriptedService(root, 0, SLICE, RESERVE, List.of(generators));
        started.add(service);
        return service.stub();
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        started.forEach(ScriptedService::close);
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
    void a_generator_that_fails_with_every_call_leaves_one_line_and_not_one_for_each_call() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger("dev.funnel.candidate.retrieve.Panel");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        logger.addAppender(lines);
        try {
            var stub = serving(
                    ScriptedGenerator.named("failing", () -> {
                        throw new IllegalStateException("out of luck");
                    }),
                    answering(() -> THREE));
            for (int call = 0; call < 20; call++) {
                stub.retrieve(Requests.visitor().build());
            }
        } finally {
            logger.detachAppender(lines);
        }
        assertEquals(
                List.of("generator failing failed"),
                lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
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
        assertEquals(
                "its search was cut off by its deadline",
                response.getDegradations(0).getCause());
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
        SmallBundle.publish(root);
        started.add(
                new ScriptedService(root, 0, LONG, Duration.ofMillis(700), List.of(hanging(), answering(() -> THREE))));
        var stub = started.getFirst().stub();
        for (int i = 0; i < 2; i++) { // connected and warm the second time
            RetrieveResponse response = stub.withDeadlineAfter(1_500, TimeUnit.MILLISECONDS)
                    .retrieve(Requests.visitor().build());
            assertEquals(3, response.getCandidates().getItemIdsCount());
        }
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
        started.getFirst().awaitLine("funnel_candidate_searches_total{generator=\"answering\",outcome=\"exact\"} 2.0");
        started.getFirst().awaitLine("funnel_candidate_searches_total{generator=\"hanging\",outcome=\"late\"} 2.0");
        started.getFirst().awaitLine("funnel_candidate_returned_total{generator=\"answering\"} 4.0");
        started.getFirst().awaitLine("funnel_candidate_filtered_total{generator=\"answering\"} 14.0");
        started.getFirst().awaitLine("funnel_candidate_search_duration_seconds_count{generator=\"answering\"} 2");
    }

    @Test
    void one_search_in_so_many_of_an_approximate_index_is_repeated_exactly_and_its_recall_shown() throws Exception {
        SmallBundle.publish(root);
        Generator approximate = ScriptedGenerator.named(
                        "answering", () -> new Hits(new int[] {3, 2, 9}, new float[] {3, 2, 1}, 0, true))
                .approximating(new Hits(new int[] {3, 4, 2, 1}, new float[] {4, 3, 2, 1}, 0, true));
        ScriptedService service = new ScriptedService(root, 2, LONG, RESERVE, List.of(approximate));
        started.add(service);
        for (int i = 0; i < 2; i++) {
            service.stub().retrieve(Requests.visitor().build());
        }
        service.awaitLine("funnel_candidate_recall_count{generator=\"answering\"} 1");
        service.awaitLine("funnel_candidate_recall_sum{generator=\"answering\"} 0.5");
    }
}
