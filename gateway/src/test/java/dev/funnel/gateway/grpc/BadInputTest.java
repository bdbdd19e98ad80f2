package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.BadRequest;
import dev.funnel.proto.common.v1.Comparison;
import dev.funnel.proto.common.v1.Interaction;
import dev.funnel.proto.common.v1.ItemPredicate;
import dev.funnel.proto.common.v1.Operand;
import dev.funnel.proto.common.v1.Presence;
import dev.funnel.proto.common.v1.Query;
import dev.funnel.proto.gateway.v1.ExplainRequest;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.runtime.grpc.Failures;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller is told that breaks the contract: INVALID_ARGUMENT with the field, the value and the rule. */
class BadInputTest {
    @TempDir
    static Path folder;

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.serving(folder);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /**
     * A request that must be refused.
     *
     * @param field the field the refusal names
     * @param says what else it says
     */
    record Bad(String field, String says, RecommendRequest.Builder request) {
        @Override
        public String toString() {
            return field + " " + says;
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_bad_request_is_refused_naming_the_field_and_the_rule(Bad bad) {
        assertRefused(bad.field(), bad.says(), () -> gateway.recommend(bad.request()));
    }

    static Stream<Bad> requests() {
        String megabyte = "x".repeat(1 << 20);
        return Stream.of(
                new Bad("page_size", "0 must be between 1 and 500", plain().setPageSize(0)),
                new Bad("page_size", "501 must be between 1 and 500", plain().setPageSize(501)),
                new Bad("page_size", "10000 must be between 1 and 500", plain().setPageSize(10_000)),
                new Bad("page_size", "4294967295 must be between", plain().setPageSize(-1)),
                new Bad("pipeline", "home, related", plain().setPipeline("nowhere")),
                new Bad("pipeline", "home, related", plain().setPipeline(megabyte)),
                new Bad("page_token", "next_page_token", plain().setPageToken("never given")),
                new Bad("query.user_id", "at most 128 bytes", RunningGateway.home(megabyte)),
                query("query.seed_item_id", "at most 128 bytes", query -> query.setSeedItemId(megabyte)),
                query(
                        "query.exclude_item_ids[1]",
                        "at most 128 bytes",
                        query -> query.addExcludeItemIds("item-01").addExcludeItemIds("x".repeat(129))),
                query(
                        "query.exclude_item_ids",
                        "at most 10000 entries",
                        query -> query.addAllExcludeItemIds(Collections.nCopies(10_001, "item-01"))),
                query(
                        "query.recent",
                        "at most 1000 entries",
                        query -> query.addAllRecent(Collections.nCopies(
                                1_001,
                                Interaction.newBuilder().setItemId("item-01").build()))),
                query(
                        "query.recent[0].item_id",
                        "at most 128 bytes",
                        query -> query.addRecent(Interaction.newBuilder().setItemId(megabyte))),
                query(
                        "query.context.country",
                        "at most 128 bytes",
                        query -> query.getContextBuilder().setCountry(megabyte)),
                query(
                        "query.filter",
                        "column",
                        query -> query.setFilter(ItemPredicate.newBuilder()
                                .setPresent(Presence.newBuilder().setColumn("colour")))),
                query(
                        "query.filter",
                        "",
                        query -> query.setFilter(ItemPredicate.newBuilder()
                                .setEquals(Comparison.newBuilder()
                                        .setColumn("language")
                                        .setValue(Operand.newBuilder().setNumber(3))))),
                query("query.filter", "", query -> query.setFilter(ItemPredicate.getDefaultInstance())));
    }

    @Test
    void explaining_nothing_or_too_much_is_refused() {
        assertRefused("item_ids", "at least 1", () -> explain(List.of()));
        assertRefused("item_ids", "at most 100", () -> explain(Collections.nCopies(101, "item-01")));
        assertRefused("item_ids[0]", "at most 128 bytes", () -> explain(List.of("x".repeat(1 << 20))));
        assertRefused(
                "page_size",
                "0 must be",
                () -> gateway.service()
                        .explain(ExplainRequest.newBuilder()
                                .addItemIds("item-01")
                                .setPageSize(0)
                                .build()));
    }

    @Test
    void every_bound_of_the_contract_fits_through_the_door() {
        RecommendRequest.Builder request = RecommendRequest.newBuilder()
                .setPageSize(500)
                .setQuery(RunningGateway.query("u".repeat(128))
                        .setSeedItemId("s".repeat(128))
                        .addAllExcludeItemIds(Collections.nCopies(10_000, "e".repeat(128)))
                        .addAllRecent(Collections.nCopies(
                                1_000,
                                Interaction.newBuilder()
                                        .setItemId("r".repeat(128))
                                        .setQueryText("q".repeat(1_024))
                                        .build())));
        assertTrue(request.build().getSerializedSize() > 2 << 20);
        assertTrue(gateway.recommend(request).getItemsCount() > 0);
    }

    private static void assertRefused(String field, String says, Executable call) {
        StatusRuntimeException refusal = assertThrows(StatusRuntimeException.class, call);
        assertEquals(Status.Code.INVALID_ARGUMENT, refusal.getStatus().getCode(), refusal::getMessage);
        BadRequest.FieldViolation violation =
                Failures.detail(refusal, BadRequest.class).orElseThrow().getFieldViolations(0);
        assertTrue(violation.getField().startsWith(field), violation::getField);
        assertTrue(violation.getDescription().contains(says), violation::getDescription);
        assertTrue(
                String.valueOf(refusal.getMessage()).length() < 1_000,
                () -> String.valueOf(refusal.getMessage()).length() + " characters");
    }

    private static RecommendRequest.Builder plain() {
        return RunningGateway.home("user-00");
    }

    private static Bad query(String field, String says, Consumer<Query.Builder> change) {
        RecommendRequest.Builder request = plain();
        change.accept(request.getQueryBuilder());
        return new Bad(field, says, request);
    }

    private static void explain(List<String> items) {
        gateway.service()
                .explain(ExplainRequest.newBuilder().addAllItemIds(items).build());
    }
}
