package dev.funnel.ranking.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.BadRequest;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.inference.testing.SmallRanker;
import dev.funnel.proto.common.v1.BundleRef;
import dev.funnel.proto.common.v1.Candidates;
import dev.funnel.proto.common.v1.Context;
import dev.funnel.proto.common.v1.FeatureValue;
import dev.funnel.proto.common.v1.Nomination;
import dev.funnel.proto.ranking.v1.RankRequest;
import dev.funnel.ranking.snapshot.RankingSnapshot;
import dev.funnel.runtime.grpc.Failures;
import dev.funnel.runtime.testing.Await;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the ranker refuses, over a real socket: with which status, and which field it names. */
class RefusalTest {
    @TempDir
    private static Path bundles;

    private static RunningRanker running;

    @BeforeAll
    static void start() throws Exception {
        SmallRanker.publish(bundles);
        running = new RunningRanker(bundles).loaded();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void a_bound_that_does_not_hold_is_an_invalid_argument_naming_the_field(
            String field, Consumer<RankRequest.Builder> breach) {
        RankRequest.Builder request = RunningRanker.everyItem();
        breach.accept(request);
        StatusRuntimeException refused = refused(request);
        assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode(), refused.getMessage());
        BadRequest details = Failures.detail(refused, BadRequest.class).orElseThrow();
        assertEquals(field, details.getFieldViolations(0).getField());
    }

    static Stream<Arguments> a_bound_that_does_not_hold_is_an_invalid_argument_naming_the_field() {
        return Stream.of(
                breach("objective", request -> request.setObjective("dwell")),
                breach(
                        "heads[1]",
                        request -> request.addHeads(SmallRanker.CLICK).addHeads("dwell")),
                breach("heads", RefusalTest::tooManyHeads),
                breach("candidates.item_ids", RefusalTest::tooManyCandidates),
                breach(
                        "candidates.item_ids[60]",
                        request -> request.getCandidatesBuilder().addItemIds(SmallBundle.item(5))),
                breach(
                        "candidates.item_ids[0]",
                        request -> request.getCandidatesBuilder().setItemIds(0, "x".repeat(1 << 20))),
                breach(
                        "candidates.nominations[0].pool_scores",
                        request -> nomination(request).addPoolScores(1)),
                breach(
                        "candidates.nominations[0].pool_scores[7]",
                        request -> nomination(request).setPoolScores(7, Float.NaN)),
                breach(
                        "candidates.nominations[0].positions[1]",
                        request -> nomination(request).setPositions(1, 60)),
                breach(
                        "query.context.time",
                        request -> request.setQuery(RunningRanker.query().setContext(Context.getDefaultInstance()))),
                breach("query.context.extra[\"mood\"].number", request -> mood(request, Double.POSITIVE_INFINITY)),
                breach("query.context.extra[\"mood\"].number", request -> mood(request, 1e200)),
                breach("trace_item_ids[0]", request -> request.addTraceItemIds("")));
    }

    @Test
    void an_unknown_objective_is_refused_naming_the_heads_there_are() {
        StatusRuntimeException refused = refused(RunningRanker.everyItem().setObjective("dwell"));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(SmallRanker.OBJECTIVE) && message.contains(SmallRanker.CLICK), message);
    }

    @Test
    void a_version_that_is_not_held_is_a_failed_precondition() {
        StatusRuntimeException refused = refused(RunningRanker.everyItem()
                .setBundle(BundleRef.newBuilder().setVersion("20200101000000000-0123456789ab")));
        assertEquals(Status.Code.FAILED_PRECONDITION, refused.getStatus().getCode());
        assertEquals("BUNDLE_VERSION_NOT_HELD", Failures.reason(refused).orElseThrow());
    }

    @Test
    void a_bundle_without_a_ranker_is_a_failed_precondition(@TempDir Path plain) throws Exception {
        SmallBundle.publish(plain);
        try (RunningRanker without = new RunningRanker(plain).loaded()) {
            StatusRuntimeException refused = assertThrows(
                    StatusRuntimeException.class,
                    () -> without.ranker().rank(RunningRanker.everyItem().build()));
            assertEquals(Status.Code.FAILED_PRECONDITION, refused.getStatus().getCode());
            assertEquals(RankingSnapshot.NO_RANKER, Failures.reason(refused).orElseThrow());
        }
    }

    @Test
    void a_call_without_time_is_not_answered_late() {
        StatusRuntimeException refused = assertThrows(
                StatusRuntimeException.class,
                () -> running.ranker()
                        .withDeadlineAfter(50, TimeUnit.MICROSECONDS)
                        .rank(RunningRanker.request(10_000).build()));
        assertEquals(Status.Code.DEADLINE_EXCEEDED, refused.getStatus().getCode());
    }

    @Test
    void before_the_first_bundle_it_is_unavailable_and_after_it_serves(@TempDir Path empty) throws Exception {
        try (RunningRanker waiting = new RunningRanker(empty)) {
            StatusRuntimeException refused = assertThrows(
                    StatusRuntimeException.class,
                    () -> waiting.ranker().rank(RunningRanker.everyItem().build()));
            assertEquals(Status.Code.UNAVAILABLE, refused.getStatus().getCode());
            assertEquals(ServingStatus.NOT_SERVING, health(waiting));
            SmallRanker.publish(empty);
            waiting.loaded();
            assertEquals(
                    SmallBundle.ITEMS,
                    waiting.ranker().rank(RunningRanker.everyItem().build()).getScoresCount());
            Await.until("health follows", () -> health(waiting) == ServingStatus.SERVING);
        }
    }

    private static ServingStatus health(RunningRanker ranker) {
        HealthCheckRequest request = HealthCheckRequest.newBuilder()
                .setService("funnel.ranking.v1.RankingService")
                .build();
        return HealthGrpc.newBlockingStub(ranker.channel()).check(request).getStatus();
    }

    private static StatusRuntimeException refused(RankRequest.Builder request) {
        return assertThrows(StatusRuntimeException.class, () -> running.ranker().rank(request.build()));
    }

    private static Arguments breach(String field, Consumer<RankRequest.Builder> breach) {
        return Arguments.of(field, breach);
    }

    private static Nomination.Builder nomination(RankRequest.Builder request) {
        return request.getCandidatesBuilder().getNominationsBuilder(0);
    }

    private static void mood(RankRequest.Builder request, double value) {
        FeatureValue mood = FeatureValue.newBuilder().setNumber(value).build();
        request.getQueryBuilder().getContextBuilder().putExtra("mood", mood);
    }

    private static void tooManyHeads(RankRequest.Builder request) {
        for (int i = 0; i <= 16; i++) {
            request.addHeads(SmallRanker.CLICK);
        }
    }

    private static void tooManyCandidates(RankRequest.Builder request) {
        Candidates.Builder candidates = request.getCandidatesBuilder();
        for (int i = candidates.getItemIdsCount(); i <= 10_000; i++) {
            candidates.addItemIds("more-" + i);
        }
    }
}
