package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.gateway.GatewayConfiguration;
import dev.funnel.proto.admin.v1.BundleServiceGrpc;
import dev.funnel.proto.admin.v1.BundleState;
import dev.funnel.proto.admin.v1.BundleStatus;
import dev.funnel.proto.admin.v1.ListBundlesRequest;
import dev.funnel.proto.common.v1.DeviceType;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.runtime.config.ConfigurationFile;
import dev.funnel.runtime.config.InvalidConfiguration;
import dev.funnel.runtime.grpc.StartFailure;
import dev.funnel.runtime.testing.Await;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway as an operator meets it. */
class ProcessTest {
    private static final String SERVICE = "funnel.gateway.v1.RecommendationService";

    @TempDir
    Path folder;

    @Test
    void without_a_bundle_it_is_up_and_not_serving_and_a_bundle_that_appears_is_picked_up() {
        try (RunningGateway gateway = new RunningGateway(folder, Map.of())) {
            assertEquals(ServingStatus.NOT_SERVING, health(gateway));
            StatusRuntimeException refusal =
                    assertThrows(StatusRuntimeException.class, () -> gateway.recommend(RunningGateway.home("")));
            assertEquals(Status.Code.UNAVAILABLE, refusal.getStatus().getCode());
            assertTrue(String.valueOf(refusal.getMessage()).contains("no bundle is loaded"), refusal::getMessage);

            BundleVersion version = RunningGateway.publish(folder, SmallBundle.SEED);
            gateway.stages.hold(version);
            gateway.awaitServing(version);
            assertEquals(ServingStatus.SERVING, health(gateway));
        }
    }

    @Test
    void it_serves_though_no_stage_was_ever_up() {
        RunningGateway.publish(folder, SmallBundle.SEED);
        Map<String, String> nobody = Map.of(
                "STAGES_CANDIDATE_TARGET", "127.0.0.1:1",
                "STAGES_RANKING_TARGET", "127.0.0.1:1",
                "STAGES_RERANKER_TARGET", "127.0.0.1:1");
        try (RunningGateway gateway = new RunningGateway(folder, nobody)) {
            Await.until("it serves", () -> health(gateway) == ServingStatus.SERVING);
            RecommendResponse slate = gateway.recommend(RunningGateway.home(""));
            assertEquals(20, slate.getItemsCount());
            assertEquals("popular slate", slate.getDegradations(0).getServedInstead());
        }
    }

    @Test
    void a_taken_port_is_said_in_one_line() {
        try (RunningGateway gateway = new RunningGateway(folder, Map.of())) {
            String port = gateway.address().substring(gateway.address().indexOf(':') + 1);
            StartFailure failure =
                    assertThrows(StartFailure.class, () -> new RunningGateway(folder, Map.of("SERVER_PORT", port)));
            assertTrue(String.valueOf(failure.getMessage()).contains(port), failure::getMessage);
        }
    }

    @Test
    void a_bundle_that_strict_rules_cannot_be_checked_on_is_refused_naming_pipeline_and_rule() {
        String picky = """
                  picky:
                    strict_rules:
                      - {name: right-colour, predicate: {equals: {column: colour, value: red}}}
                """;
        assertRefused(picky, "pipelines.picky.strict_rules.right-colour", "colour");
    }

    @Test
    void a_bundle_whose_ranker_lacks_a_head_of_a_pipeline_is_refused_naming_both() {
        assertRefused("  picky: {heads: [click, sale]}\n", "pipelines.picky.heads: sale", "watch_time");
    }

    private void assertRefused(String pipeline, String... said) {
        BundleVersion version = RunningGateway.publish(folder, SmallBundle.SEED);
        try (RunningGateway gateway = new RunningGateway(folder, Map.of(), pipeline)) {
            Await.until(
                    "the bundle is refused",
                    () -> !bundles(gateway).isEmpty()
                            && bundles(gateway).getFirst().getState() == BundleState.BUNDLE_STATE_REFUSED);
            BundleStatus status = bundles(gateway).getFirst();
            assertEquals(version.value(), status.getBundle().getVersion());
            assertTrue(Stream.of(said).allMatch(status.getCause()::contains), status::getCause);
        }
    }

    @Test
    void callers_without_a_known_key_are_turned_away_where_keys_are_configured() throws IOException {
        Path keys = Files.writeString(folder.resolve("keys"), "0123456789abcdef0123 shop\n");
        BundleVersion version = RunningGateway.publish(folder, SmallBundle.SEED);
        try (RunningGateway gateway = new RunningGateway(folder, Map.of("SERVER_API_KEYS", keys.toString()))) {
            gateway.stages.hold(version);
            Await.until("it serves", () -> health(gateway) == ServingStatus.SERVING);
            StatusRuntimeException refusal =
                    assertThrows(StatusRuntimeException.class, () -> gateway.recommend(RunningGateway.home("")));
            assertEquals(Status.Code.UNAUTHENTICATED, refusal.getStatus().getCode());

            Metadata headers = new Metadata();
            headers.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), "0123456789abcdef0123");
            RecommendResponse slate = gateway.service()
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .recommend(RunningGateway.home("").build());
            assertEquals(20, slate.getItemsCount());
        }
    }

    @Test
    void what_was_shown_is_logged_in_the_columns_of_the_impressions_table() throws IOException {
        Path log = folder.resolve("logs/impressions.jsonl");
        RecommendResponse slate;
        try (RunningGateway gateway =
                RunningGateway.serving(folder, Map.of("IMPRESSION_LOG_PATH", log.toString()), "")) {
            slate = gateway.recommend(RecommendRequest.newBuilder()
                    .setPageSize(2)
                    .setQuery(RunningGateway.query("user-00")
                            .setContext(RunningGateway.now()
                                    .setCountry("CH")
                                    .setLanguage("de")
                                    .setDevice(DeviceType.DEVICE_TYPE_TV))));
        }
        JsonMapper json = new JsonMapper();
        List<String> lines = Files.readAllLines(log);
        JsonNode last = json.readTree(lines.getLast());
        assertEquals(
                json.readTree("""
                        {"request_id": "%s", "user_id": "user-00", "item_id": "item-57", "at": "2026-01-31T00:01:00Z",
                         "position": 1, "country": "CH", "language": "de", "device": "tv", "sources": ["als"],
                         "source_scores": [%s], "bundle_version": "%s"}
                        """.formatted(
                                slate.getRequestId(),
                                last.get("source_scores").get(0).asText(),
                                slate.getBundle().getVersion())),
                last);
        assertEquals(
                slate.getRequestId(),
                json.readTree(lines.get(lines.size() - 2)).get("request_id").asText());
    }

    @Test
    void groups_of_generators_are_asked_in_parallel_and_merged() {
        String grouped = """
                  grouped:
                    generators:
                      - {name: als, limit: 10, group: vectors}
                      - {name: popular, limit: 10, group: lists}
                    policy: none
                    ranking: off
                """;
        try (RunningGateway gateway =
                RunningGateway.serving(folder, Map.of("PIPELINES_GROUPED_DEADLINE_CAP", "25s"), grouped)) {
            gateway.stages.candidates.answers(
                    request -> request.getGenerators(0).getName().equals("als")
                            ? FakeStages.nominating(request, List.of("item-10", "item-11"))
                            : FakeStages.nominating(request, List.of("item-11", "item-12", "item-10")));
            RecommendResponse slate = gateway.recommend(
                    RunningGateway.home("user-00").setPipeline("grouped").setPageSize(3));
            assertEquals(2, gateway.stages.candidates.requests().size());
            assertEquals(List.of("item-10", "item-11", "item-12"), RunningGateway.ids(slate));
            assertEquals(0, slate.getDegradationsCount(), slate::toString);

            gateway.stages.candidates.answers(request -> {
                if (request.getGenerators(0).getName().equals("als")) {
                    throw Status.UNAVAILABLE.asRuntimeException();
                }
                return FakeStages.nominating(request, List.of("item-12"));
            });
            slate = gateway.recommend(
                    RunningGateway.home("user-00").setPipeline("grouped").setPageSize(1));
            assertEquals(List.of("item-12"), RunningGateway.ids(slate));
            assertEquals("als", slate.getDegradations(0).getComponent());
        }
    }

    @Test
    void a_misspelt_key_refuses_the_start_naming_the_nearest_one() throws IOException {
        String sample = Files.readString(Path.of("../deploy/config/gateway.yaml"));
        assertRefused(sample.replace("page_size: 20", "pagesize: 20"), "page_size");
        assertRefused(sample.replace("reserve: 20ms", "reserve: 2s"), "must be shorter than the deadline");
        assertRefused(sample.replace("{name: covisit, limit: 150}", "{name: als}"), "must stand only once");
        assertRefused(sample.replace("deadline_cap: 2s", "deadline_cap: 40s"), "server.longest_deadline");
        assertRefused(sample.replace("limit: 300", "limit: 10000"), "sum of limits");
        assertRefused(
                sample.replace("high: {query: time}", "high: {query: clock}"),
                "pipelines.home.strict_rules[0].predicate");
    }

    private static void assertRefused(String yaml, String says) {
        InvalidConfiguration refusal = assertThrows(
                InvalidConfiguration.class,
                () -> ConfigurationFile.parse(GatewayConfiguration.class, "gateway.yaml", yaml, Map.of()));
        assertTrue(String.valueOf(refusal.getMessage()).contains(says), refusal::getMessage);
    }

    private static ServingStatus health(RunningGateway gateway) {
        return HealthGrpc.newBlockingStub(gateway.channel())
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .check(HealthCheckRequest.newBuilder().setService(SERVICE).build())
                .getStatus();
    }

    private static List<BundleStatus> bundles(RunningGateway gateway) {
        return BundleServiceGrpc.newBlockingStub(gateway.channel())
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .listBundles(ListBundlesRequest.getDefaultInstance())
                .getBundlesList();
    }
}
