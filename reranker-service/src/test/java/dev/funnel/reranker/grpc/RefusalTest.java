package dev.funnel.reranker.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.BadRequest;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.common.v1.BundleRef;
import dev.funnel.proto.common.v1.Context;
import dev.funnel.proto.common.v1.HeadValues;
import dev.funnel.proto.common.v1.ItemPredicate;
import dev.funnel.proto.common.v1.Presence;
import dev.funnel.proto.common.v1.StrictRule;
import dev.funnel.proto.reranker.v1.RerankRequest;
import dev.funnel.runtime.grpc.Failures;
import dev.funnel.runtime.testing.Await;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the reranker refuses, over a real socket: with which status, and which field it names. */
class RefusalTest {
    @TempDir
    private static Path bundles;

    private static RunningReranker running;

    @BeforeAll
    static void start() throws Exception {
        SmallBundle.publish(bundles);
        running = new RunningReranker(bundles).loaded();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void a_bound_that_does_not_hold_is_an_invalid_argument_naming_the_field(
            String field, Consumer<RerankRequest.Builder> breach) {
        RerankRequest.Builder request = RunningReranker.everyItem();
        breach.accept(request);
        StatusRuntimeException refused = refused(request);
        assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode(), refused.getMessage());
        BadRequest details = Failures.detail(refused, BadRequest.class).orElseThrow();
        assertEquals(field, details.getFieldViolations(0).getField());
    }

    static Stream<Arguments> a_bound_that_does_not_hold_is_an_invalid_argument_naming_the_field() {
        return Stream.of(
                breach("slate_size", request -> request.setSlateSize(0)),
                breach("slate_size", request -> request.setSlateSize(501)),
                breach("slate_size", request -> request.setSlateSize(-1)),
                breach("scores[3]", request -> request.setScores(3, Float.NaN)),
                breach("scores[59]", request -> request.setScores(59, Float.POSITIVE_INFINITY)),
                breach("scores", request -> request.addScores(1)),
                breach("heads[0].values[1]", request -> request.addHeads(head(request, Float.NEGATIVE_INFINITY))),
                breach("candidates.item_ids[60]", RefusalTest::repeatItem),
                breach("candidates.item_ids", RefusalTest::tooManyCandidates),
                breach(
                        "candidates.item_ids[0]",
                        request -> request.getCandidatesBuilder().setItemIds(0, "x".repeat(1 << 20))),
                breach("policy", request -> request.setPolicy("best")),
                breach(
                        "query.context.time",
                        request -> request.setQuery(RunningReranker.query().setContext(Context.getDefaultInstance()))),
                breach(
                        "query.filter.present.column",
                        request -> request.setQuery(RunningReranker.query().setFilter(present("colour")))),
                breach(
                        "strict_rules[0].predicate.present.column",
                        request -> request.addStrictRules(
                                StrictRule.newBuilder().setName("colourful").setPredicate(present("colour")))),
                breach("trace_item_ids", RefusalTest::tooManyTraces),
                breach(
                        "user.disliked_item_ids[0]",
                        request -> request.getUserBuilder().addDislikedItemIds("")));
    }

    @Test
    void an_unknown_policy_is_refused_naming_the_known_ones() {
        StatusRuntimeException refused = refused(RunningReranker.everyItem().setPolicy("best"));
        RunningReranker.sampleNames()
                .forEach(name -> assertTrue(String.valueOf(refused.getMessage()).contains(name), refused.getMessage()));
    }

    @Test
    void a_version_that_is_not_held_is_a_failed_precondition() {
        StatusRuntimeException refused = refused(RunningReranker.everyItem()
                .setBundle(BundleRef.newBuilder().setVersion("20200101000000000-0123456789ab")));
        assertEquals(Status.Code.FAILED_PRECONDITION, refused.getStatus().getCode());
        assertEquals("BUNDLE_VERSION_NOT_HELD", Failures.reason(refused).orElseThrow());
    }

    @Test
    void before_the_first_bundle_it_is_unavailable_and_after_it_serves(@TempDir Path empty) throws Exception {
        try (RunningReranker waiting = new RunningReranker(empty)) {
            StatusRuntimeException refused = assertThrows(
                    StatusRuntimeException.class,
                    () -> waiting.reranker().rerank(RunningReranker.everyItem().build()));
            assertEquals(Status.Code.UNAVAILABLE, refused.getStatus().getCode());
            assertEquals(ServingStatus.NOT_SERVING, health(waiting));
            SmallBundle.publish(empty);
            waiting.loaded();
            assertEquals(
                    10,
                    waiting.reranker()
                            .rerank(RunningReranker.everyItem().build())
                            .getSlateCount());
            Await.until("health follows", () -> health(waiting) == ServingStatus.SERVING);
        }
    }

    private static ServingStatus health(RunningReranker reranker) {
        HealthCheckRequest request = HealthCheckRequest.newBuilder()
                .setService("funnel.reranker.v1.RerankerService")
                .build();
        return HealthGrpc.newBlockingStub(reranker.channel()).check(request).getStatus();
    }

    private static StatusRuntimeException refused(RerankRequest.Builder request) {
        return assertThrows(
                StatusRuntimeException.class, () -> running.reranker().rerank(request.build()));
    }

    private static Arguments breach(String field, Consumer<RerankRequest.Builder> breach) {
        return Arguments.of(field, breach);
    }

    private static HeadValues head(RerankRequest.Builder request, float second) {
        return HeadValues.newBuilder()
                .setHead("click")
                .addAllValues(request.getScoresList())
                .setValues(1, second)
                .build();
    }

    private static void repeatItem(RerankRequest.Builder request) {
        request.getCandidatesBuilder().addItemIds(SmallBundle.item(5));
        request.addScores(1);
    }

    private static void tooManyCandidates(RerankRequest.Builder request) {
        for (int i = request.getScoresCount(); i <= 10_000; i++) {
            request.getCandidatesBuilder().addItemIds("more-" + i);
            request.addScores(1);
        }
    }

    private static void tooManyTraces(RerankRequest.Builder request) {
        for (int i = 0; i <= 100; i++) {
            request.addTraceItemIds("item-" + i);
        }
    }

    private static ItemPredicate present(String column) {
        return ItemPredicate.newBuilder()
                .setPresent(Presence.newBuilder().setColumn(column))
                .build();
    }
}
