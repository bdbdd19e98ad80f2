package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import dev.funnel.cli.cluster.Service;
import dev.funnel.proto.candidate.v1.CandidateServiceGrpc;
import dev.funnel.proto.candidate.v1.GeneratorOutcome;
import dev.funnel.proto.candidate.v1.GeneratorRequest;
import dev.funnel.proto.candidate.v1.GeneratorStatus;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.proto.common.v1.Interaction;
import dev.funnel.proto.common.v1.Query;
import dev.funnel.proto.gateway.v1.ExplainRequest;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What callers send wrongly is refused with the field, the value and the rule; what is merely unknown is served. */
@ExtendWith(TinyFunnelExtension.class)
class BadRequestTest {

    private static final String MEGABYTE = "x".repeat(1 << 20);

    private final TinyFunnel funnel;

    BadRequestTest(TinyFunnel funnel) {
        this.funnel = funnel;
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                breaks("page_size", request -> request.setPageSize(0)),
                breaks("page_size", request -> request.setPageSize(10_000)),
                breaks("pipeline", request -> request.setPipeline("no-such-pipeline")),
                breaks("query.user_id", request -> request.setQuery(query().setUserId(MEGABYTE))),
                breaks("query.seed_item_id", request -> request.setQuery(query().setSeedItemId(MEGABYTE))),
                breaks("query.exclude_item_ids[0]", request -> request.setQuery(query().addExcludeItemIds(MEGABYTE))),
                breaks(
                        "query.recent[0].item_id",
                        request -> request.setQuery(query().addRecent(interaction(MEGABYTE)))),
                breaks("query.recent", request -> request.setQuery(query().addAllRecent(many(1_001)))),
                breaks(
                        "query.recent[0].weight",
                        request -> request.setQuery(
                                query().addRecent(interaction("a").toBuilder().setWeight(Float.NaN)))));
    }

    private static Arguments breaks(String field, UnaryOperator<RecommendRequest.Builder> change) {
        return Arguments.of(field, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void a_broken_bound_names_the_field(String field, UnaryOperator<RecommendRequest.Builder> change) {
        RecommendRequest request = change.apply(RecommendRequest.newBuilder()).build();
        com.google.rpc.Status status = refusal(request);
        assertEquals(Status.Code.INVALID_ARGUMENT.value(), status.getCode(), status::getMessage);
        assertTrue(status.getMessage().contains(field), status::getMessage);
        assertTrue(status.getMessage().length() < 500, "a long value is repeated whole");
        assertTrue(fields(status).anyMatch(field::equals), status::toString);
    }

    @Test
    void explain_without_items_or_with_too_many_is_refused() {
        for (List<String> items : List.of(List.<String>of(), Collections.nCopies(101, "a"))) {
            StatusRuntimeException refused = assertThrows(
                    StatusRuntimeException.class,
                    () -> funnel.gateway()
                            .explain(ExplainRequest.newBuilder()
                                    .addAllItemIds(items)
                                    .build()));
            assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode(), refused::toString);
            assertTrue(String.valueOf(refused.getMessage()).contains("item_ids"), refused::toString);
        }
    }

    @Test
    void an_unknown_user_without_history_is_served() {
        RecommendResponse slate = funnel.gateway()
                .recommend(funnel.request(query -> query.setUserId("unknown")).build());
        assertEquals(20, slate.getItemsCount());
        assertEquals(List.of(), slate.getDegradationsList());
    }

    @Test
    void items_that_the_bundle_does_not_know_do_no_harm() {
        RecommendResponse slate = funnel.gateway()
                .recommend(funnel.request(query -> query.addRecent(interaction("no-such-video"))
                                .setSeedItemId("no-such-video")
                                .addExcludeItemIds("no-such-video"))
                        .build());
        assertEquals(20, slate.getItemsCount());
    }

    @Test
    void an_unknown_generator_is_an_outcome_and_a_degradation_and_the_others_answer() {
        try (StockClient client = new StockClient(funnel.cluster().port(Service.CANDIDATE))) {
            RetrieveResponse answer = CandidateServiceGrpc.newBlockingStub(client.channel())
                    .withDeadlineAfter(TinyFunnel.PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .retrieve(RetrieveRequest.newBuilder()
                            .setQuery(funnel.request(query -> query).getQuery())
                            .addGenerators(GeneratorRequest.newBuilder().setName("popular"))
                            .addGenerators(GeneratorRequest.newBuilder().setName("no-such-generator"))
                            .build());
            assertEquals(
                    List.of(GeneratorStatus.GENERATOR_STATUS_OK, GeneratorStatus.GENERATOR_STATUS_UNKNOWN),
                    answer.getOutcomesList().stream()
                            .map(GeneratorOutcome::getStatus)
                            .toList());
            assertTrue(answer.getCandidates().getItemIdsCount() > 0);
            assertEquals("no-such-generator", answer.getDegradations(0).getComponent());
        }
    }

    private com.google.rpc.Status refusal(RecommendRequest request) {
        StatusRuntimeException refused = assertThrows(
                StatusRuntimeException.class, () -> funnel.gateway().recommend(request));
        return Objects.requireNonNull(StatusProto.fromThrowable(refused));
    }

    private static Stream<String> fields(com.google.rpc.Status status) {
        return status.getDetailsList().stream()
                .filter(detail -> detail.is(BadRequest.class))
                .flatMap(detail -> unpack(detail).getFieldViolationsList().stream())
                .map(BadRequest.FieldViolation::getField);
    }

    private static BadRequest unpack(Any detail) {
        try {
            return detail.unpack(BadRequest.class);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static Query.Builder query() {
        return Query.newBuilder();
    }

    private static Interaction interaction(String item) {
        return Interaction.newBuilder().setItemId(item).build();
    }

    private static List<Interaction> many(int count) {
        return Collections.nCopies(count, interaction("a"));
    }
}
