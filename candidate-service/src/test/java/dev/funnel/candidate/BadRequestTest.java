package dev.funnel.candidate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.BadRequest;
import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.Operand;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.candidate.v1.GeneratorRequest;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.runtime.grpc.Failures;
import dev.funnel.runtime.wire.PredicateToWire;
import dev.funnel.runtime.wire.StrictRule;
import dev.funnel.runtime.wire.ToWire;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What breaks a bound is answered with the field, the value and the rule, never with INTERNAL. */
class BadRequestTest {
    @TempDir
    private static Path root;

    private static CandidateProcess service;

    @BeforeAll
    static void start() throws Exception {
        SmallBundle.publish(root);
        service = CandidateProcess.over(root);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static StatusRuntimeException failure(RetrieveRequest.Builder request) {
        return assertThrows(StatusRuntimeException.class, () -> service.stub().retrieve(request.build()));
    }

    private static void assertRefused(String field, String rule, RetrieveRequest.Builder request) {
        StatusRuntimeException failure = failure(request);
        assertEquals(Status.Code.INVALID_ARGUMENT, failure.getStatus().getCode(), failure::toString);
        BadRequest.FieldViolation violation =
                Failures.detail(failure, BadRequest.class).orElseThrow().getFieldViolations(0);
        assertEquals(field, violation.getField());
        assertTrue(violation.getDescription().endsWith(rule), violation::getDescription);
    }

    private static GeneratorRequest.Builder generator(String name) {
        return GeneratorRequest.newBuilder().setName(name);
    }

    @Test
    void a_query_without_a_time_is_refused() {
        assertRefused("query.context.time", "must be set: no stage uses its own clock", RetrieveRequest.newBuilder());
    }

    @Test
    void an_id_of_a_megabyte_is_refused_with_the_bound_not_with_the_transports() {
        RetrieveRequest.Builder request = Requests.visitor();
        request.getUserBuilder().setUserId("x".repeat(1 << 20));
        assertRefused("user.user_id", "must be at most 128 bytes", request);
    }

    @Test
    void limits_and_numbers_of_generators_are_bounded() {
        assertRefused(
                "generators[0].limit",
                "must be at most 10000",
                Requests.visitor().addGenerators(generator("als").setLimit(10_001)));
        assertRefused(
                "generators[0].name", "must not be empty", Requests.visitor().addGenerators(generator("")));
        assertRefused(
                "generators[1].name",
                "must not stand twice",
                Requests.visitor().addGenerators(generator("als")).addGenerators(generator("als")));
        RetrieveRequest.Builder many = Requests.visitor();
        IntStream.range(0, 65).forEach(i -> many.addGenerators(generator("g" + i)));
        assertRefused("generators", "must be at most 64 entries", many);
    }

    @Test
    void an_effort_out_of_range_is_refused() {
        for (float effort : new float[] {-0.1f, 1.1f, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertRefused("effort", "must be in (0, 1]", Requests.visitor().setEffort(effort));
        }
    }

    @Test
    void more_traced_items_than_the_bound_are_refused() {
        RetrieveRequest.Builder many = Requests.visitor();
        IntStream.range(0, 101).forEach(i -> many.addTraceItemIds("item-" + i));
        assertRefused("trace_item_ids", "must be at most 100 entries", many);
    }

    @Test
    void a_filter_on_a_column_that_does_not_exist_is_refused_by_its_path() {
        RetrieveRequest.Builder request = Requests.visitor();
        request.getQueryBuilder()
                .setFilter(PredicateToWire.predicate(new ItemPredicate.Not(new ItemPredicate.Present("colour"))));
        StatusRuntimeException failure = failure(request);
        assertEquals(Status.Code.INVALID_ARGUMENT, failure.getStatus().getCode());
        assertEquals(
                "query.filter.not.present.column",
                Failures.detail(failure, BadRequest.class)
                        .orElseThrow()
                        .getFieldViolations(0)
                        .getField());
    }

    @Test
    void a_strict_rule_that_compares_a_text_with_a_number_is_refused_by_its_path() {
        RetrieveRequest.Builder request = Requests.visitor()
                .addStrictRules(ToWire.strictRule(
                        new StrictRule("odd", new ItemPredicate.Equal("language", new Operand.Number(1)))));
        String field = Failures.detail(failure(request), BadRequest.class)
                .orElseThrow()
                .getFieldViolations(0)
                .getField();
        assertTrue(field.startsWith("strict_rules[0].predicate.equals"), field);
    }

    @Test
    void a_version_that_is_not_held_is_a_failed_precondition() {
        RetrieveRequest.Builder request = Requests.visitor();
        request.getBundleBuilder().setVersion("20200101000000000-0123456789ab");
        StatusRuntimeException failure = failure(request);
        assertEquals(Status.Code.FAILED_PRECONDITION, failure.getStatus().getCode());
        assertEquals("BUNDLE_VERSION_NOT_HELD", Failures.reason(failure).orElseThrow());
    }

    @Test
    void before_the_first_bundle_the_service_is_unavailable(@TempDir Path empty) {
        try (CandidateProcess waiting = CandidateProcess.over(empty)) {
            StatusRuntimeException failure = assertThrows(
                    StatusRuntimeException.class,
                    () -> waiting.stub().retrieve(Requests.visitor().build()));
            assertEquals(Status.Code.UNAVAILABLE, failure.getStatus().getCode());
            assertEquals("NOT_READY", Failures.reason(failure).orElseThrow());
        }
    }
}
