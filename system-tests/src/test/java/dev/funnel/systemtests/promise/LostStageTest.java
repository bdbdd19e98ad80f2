package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.cli.cluster.ClusterPlan;
import dev.funnel.cli.cluster.LocalCluster;
import dev.funnel.cli.cluster.Service;
import dev.funnel.proto.common.v1.Degradation;
import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.proto.common.v1.Query;
import dev.funnel.proto.common.v1.Stage;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.RecommendationServiceGrpc;
import dev.funnel.proto.gateway.v1.RecommendedItem;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever one stage does, the caller has a slate before its deadline, is told what was lost, and strict rules hold. */
@ExtendWith(TinyFunnelExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostStageTest {

    private static final long DEADLINE_MILLIS = 800;
    private static final int PAGE = 10;
    private static final String LANGUAGE = "en";
    private static final Map<Service, Stage> STAGES = Map.of(
            Service.CANDIDATE, Stage.STAGE_CANDIDATES,
            Service.RANKING, Stage.STAGE_RANKING,
            Service.RERANKER, Stage.STAGE_RERANKING);
    private static final Set<DegradationKind> LOST =
            EnumSet.of(DegradationKind.DEGRADATION_KIND_LATE, DegradationKind.DEGRADATION_KIND_FAILED);

    private final TinyFunnel funnel;
    private final LocalCluster cluster;
    private final StockClient client;

    /** The home pipeline gets a strict rule that most items break. */
    LostStageTest(TinyFunnel funnel) throws IOException, InterruptedException {
        this.funnel = funnel;
        ClusterPlan plan = funnel.plan("lost-stage");
        Map<String, Object> onlyEnglish = Map.of("equals", Map.of("column", "language", "value", LANGUAGE));
        plan.configuration(Service.GATEWAY)
                .set(
                        List.of(Map.of("name", "only-english", "predicate", onlyEnglish)),
                        "pipelines",
                        "home",
                        "strict_rules");
        this.cluster = LocalCluster.start(plan);
        this.client = new StockClient(cluster.port(Service.GATEWAY));
    }

    @AfterAll
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void with_all_stages_there_is_nothing_lost_and_the_strict_rule_holds() {
        RecommendResponse slate =
                awaitSlate(answer -> answer.getDegradationsList().isEmpty());
        assertEquals(PAGE, slate.getItemsCount());
        assertRulesHold(slate);
    }

    @ParameterizedTest
    @EnumSource(names = "GATEWAY", mode = EnumSource.Mode.EXCLUDE)
    void a_killed_stage_is_replaced_and_named(Service stage) throws Exception {
        awaitSlate(answer -> answer.getDegradationsList().isEmpty());
        cluster.process(stage).kill();
        assertReplaced(stage);
        cluster.restart(stage);
    }

    @ParameterizedTest
    @EnumSource(names = "GATEWAY", mode = EnumSource.Mode.EXCLUDE)
    void a_stage_that_hangs_is_replaced_and_named(Service stage) throws Exception {
        awaitSlate(answer -> answer.getDegradationsList().isEmpty());
        signal(stage, "STOP");
        try {
            assertReplaced(stage);
        } finally {
            signal(stage, "CONT");
        }
    }

    private void assertReplaced(Service stage) {
        for (int attempt = 0; attempt < 5; attempt++) {
            RecommendResponse slate = recommend();
            assertEquals(PAGE, slate.getItemsCount(), slate::toString);
            assertRulesHold(slate);
            List<Degradation> lost = slate.getDegradationsList().stream()
                    .filter(degradation -> degradation.getStage() == STAGES.get(stage))
                    .toList();
            assertFalse(lost.isEmpty(), slate::toString);
            assertTrue(LOST.contains(lost.getFirst().getKind()), slate::toString);
            assertFalse(lost.getFirst().getCause().isBlank(), slate::toString);
            assertFalse(lost.getFirst().getServedInstead().isBlank(), slate::toString);
        }
    }

    private void assertRulesHold(RecommendResponse slate) {
        Set<String> seen = new HashSet<>();
        for (RecommendedItem item : slate.getItemsList()) {
            assertTrue(seen.add(item.getItemId()), "twice: " + item);
            assertEquals(LANGUAGE, funnel.language(item.getItemId()), item::toString);
            assertFalse(excluded().contains(item.getItemId()), item::toString);
        }
    }

    private List<String> excluded() {
        return List.of(
                funnel.world().itemId(0),
                funnel.world().itemId(1),
                funnel.world().itemId(2));
    }

    private RecommendResponse awaitSlate(Predicate<RecommendResponse> condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TinyFunnel.PATIENCE_SECONDS);
        Optional<RecommendResponse> slate = recommendOnceWarm();
        while (slate.filter(condition).isEmpty()) {
            assertTrue(System.nanoTime() < end, "still so after " + TinyFunnel.PATIENCE_SECONDS + " s: " + slate);
            slate = recommendOnceWarm();
        }
        return slate.orElseThrow();
    }

    /** Empty if processes that have only just started are too cold to answer before the deadline. */
    private Optional<RecommendResponse> recommendOnceWarm() {
        try {
            return Optional.of(recommend());
        } catch (StatusRuntimeException e) {
            assertEquals(Status.Code.DEADLINE_EXCEEDED, e.getStatus().getCode(), e::toString);
            return Optional.empty();
        }
    }

    /** Fails if there is no answer before the deadline. */
    private RecommendResponse recommend() {
        Query query = funnel.request(
                        asked -> asked.setUserId(funnel.world().userId(2)).addAllExcludeItemIds(excluded()))
                .getQuery();
        return RecommendationServiceGrpc.newBlockingStub(client.channel())
                .withDeadlineAfter(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)
                .recommend(RecommendRequest.newBuilder()
                        .setQuery(query)
                        .setPageSize(PAGE)
                        .build());
    }

    private void signal(Service stage, String name) throws Exception {
        String id = String.valueOf(
                Objects.requireNonNull(cluster.process(stage).handle()).pid());
        assertEquals(0, new ProcessBuilder("kill", "-" + name, id).start().waitFor());
    }
}
