package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.BadRequest;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.proto.common.v1.ExpressionFilter;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.Rung;
import dev.funnel.runtime.error.CallerError;
import dev.funnel.runtime.grpc.Failures;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A fault of configuration is not taken for a fault of a process. */
class MisconfiguredTest {
    /** A pipeline that asks covisit in a call of its own. */
    private static final String SPLIT =
            "  split: {generators: [{name: als}, {name: covisit, group: own}], deadline_cap: 25s, effort: {floor: 1}}\n";

    @TempDir
    static Path folder;

    @TempDir
    static Path otherFolder;

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.serving(folder, Map.of(), SPLIT);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void honest() {
        gateway.stages.honest();
    }

    @ParameterizedTest
    @EnumSource(names = {"INVALID_ARGUMENT", "UNIMPLEMENTED", "UNAUTHENTICATED", "PERMISSION_DENIED"})
    void a_stage_that_refuses_what_the_pipeline_asks_fails_the_request_and_is_named(Status.Code code) {
        gateway.stages.reranker.fails(Status.fromCode(code).withDescription("policy: \"home\" is not known"));
        StatusRuntimeException failure = refused();
        assertEquals(Status.Code.FAILED_PRECONDITION, failure.getStatus().getCode());
        assertEquals("MISCONFIGURED", Failures.reason(failure).orElseThrow());
        String said = String.valueOf(failure.getStatus().getDescription());
        assertTrue(said.contains("pipeline home") && said.contains("reranking") && said.contains("\"home\""), said);
    }

    @Test
    void candidate_generation_and_ranking_are_looked_at_too() {
        gateway.stages.candidates.fails(Status.UNAUTHENTICATED);
        assertTrue(String.valueOf(refused().getStatus().getDescription()).contains("candidates"));
        gateway.stages.honest();
        gateway.stages.ranking.fails(Status.UNIMPLEMENTED);
        assertTrue(String.valueOf(refused().getStatus().getDescription()).contains("ranking"));
    }

    @Test
    void a_request_that_is_refused_for_it_does_not_run_again() {
        gateway.stages.candidates.forgetRequests();
        gateway.stages.reranker.fails(Status.UNAUTHENTICATED);
        refused();
        assertEquals(1, gateway.stages.candidates.requests().size());
    }

    @Test
    void a_replica_that_refuses_what_the_next_one_would_take_is_not_passed_over_in_silence() {
        AtomicInteger calls = new AtomicInteger();
        gateway.stages.ranking.answers(request -> {
            if (calls.getAndIncrement() == 0) {
                throw Status.UNAUTHENTICATED.asRuntimeException();
            }
            return FakeStages.rank(request);
        });
        assertTrue(String.valueOf(refused().getStatus().getDescription()).contains("ranking"));
    }

    @Test
    void a_group_of_generators_that_is_refused_fails_the_request_though_others_answer() {
        gateway.stages.candidates.answers(MisconfiguredTest::refusingCovisit);
        StatusRuntimeException failure = assertThrows(StatusRuntimeException.class, () -> gateway.recommend(split()));
        assertEquals("MISCONFIGURED", Failures.reason(failure).orElseThrow());
        String said = String.valueOf(failure.getStatus().getDescription());
        assertTrue(said.contains("candidates") && said.contains("covisit") && said.contains("no such key"), said);
    }

    @Test
    void a_gateway_told_to_degrade_serves_without_the_group_and_stands_on_a_lower_rung(@TempDir Path third) {
        try (RunningGateway degrading = RunningGateway.serving(third, Map.of("MISCONFIGURED", "degrade"), SPLIT)) {
            degrading.stages.candidates.answers(MisconfiguredTest::refusingCovisit);
            RecommendResponse slate = degrading.recommend(split());
            assertEquals(Rung.RUNG_LESS_EFFORT, slate.getRung());
            assertEquals("covisit: UNAUTHENTICATED: no such key", slate.getRungReason());
            assertEquals(
                    DegradationKind.DEGRADATION_KIND_MISCONFIGURED,
                    slate.getDegradations(0).getKind());
        }
    }

    @Test
    void a_process_that_fails_is_none() {
        gateway.stages.reranker.fails(Status.INTERNAL);
        assertEquals(
                Rung.RUNG_NO_RERANKING,
                gateway.recommend(RunningGateway.home("user-00")).getRung());
    }

    @Test
    void what_a_stage_finds_wrong_with_the_callers_own_expression_is_told_the_caller() {
        gateway.stages.reranker.refuses(new CallerError("expressions[0].keep", "nonsense(", "must be an expression"));
        StatusRuntimeException failure = assertThrows(
                StatusRuntimeException.class,
                () -> gateway.recommend(RunningGateway.home("user-00")
                        .addExpressions(
                                ExpressionFilter.newBuilder().setName("mine").setKeep("nonsense("))));
        assertEquals(Status.Code.INVALID_ARGUMENT, failure.getStatus().getCode());
        BadRequest.FieldViolation violation =
                Failures.detail(failure, BadRequest.class).orElseThrow().getFieldViolations(0);
        assertEquals("expressions[0].keep", violation.getField());
        assertEquals("\"nonsense(\" must be an expression", violation.getDescription());
    }

    @Test
    void a_gateway_told_to_degrade_serves_without_the_stage_and_says_what_kind_of_loss_it_is() {
        try (RunningGateway degrading = RunningGateway.serving(otherFolder, Map.of("MISCONFIGURED", "degrade"), "")) {
            degrading.stages.reranker.fails(Status.INVALID_ARGUMENT.withDescription("policy: not known"));
            RecommendResponse slate = degrading.recommend(RunningGateway.home("user-00"));
            assertEquals(Rung.RUNG_NO_RERANKING, slate.getRung());
            assertEquals(20, slate.getItemsCount());
            assertEquals(
                    DegradationKind.DEGRADATION_KIND_MISCONFIGURED,
                    slate.getDegradations(0).getKind());
        }
    }

    private static RecommendRequest.Builder split() {
        return RunningGateway.home("user-00").setPipeline("split");
    }

    private static RetrieveResponse refusingCovisit(RetrieveRequest request) {
        if (request.getGenerators(0).getName().equals("covisit")) {
            throw Status.UNAUTHENTICATED.withDescription("no such key").asRuntimeException();
        }
        return FakeStages.nominating(request, List.of("item-20", "item-21"));
    }

    private static StatusRuntimeException refused() {
        return assertThrows(StatusRuntimeException.class, () -> gateway.recommend(RunningGateway.home("user-00")));
    }
}
