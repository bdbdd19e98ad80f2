package dev.funnel.gateway.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.proto.common.v1.Degradation;
import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.proto.common.v1.Stage;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.Rung;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On every rung of the ladder: the answer names it, and nothing leaves that must not. */
class RungTest {
    private static final int QUESTIONS = 40;

    @TempDir
    static Path folder;

    private static RunningGateway gateway;
    private static int visitors;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.serving(folder, Map.of(), "  plain: {ranking: off, policy: none}\n");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** Whatever another test did to the stages, and the gateway remembers of it. */
    @BeforeEach
    void recover() {
        gateway.recover();
    }

    /** Candidate generation nominates everything, forbidden or not, so that the door alone keeps it in. */
    @ParameterizedTest
    @EnumSource(
            names = {"RUNG_UNSPECIFIED", "UNRECOGNIZED"},
            mode = EnumSource.Mode.EXCLUDE)
    void nothing_forbidden_leaves_and_the_answer_names_its_rung(Rung rung) {
        for (long seed = 0; seed < QUESTIONS; seed++) {
            RecommendRequest request = question(new Random(seed));
            gateway.stages.honest();
            gateway.stages.candidates.answers(RungTest::everything);
            if (rung == Rung.RUNG_LAST_GOOD) {
                gateway.recommend(allowingAll(request));
            }
            hurt(rung);
            RecommendResponse slate = gateway.recommend(request.toBuilder());
            RandomQuestion.assertSound(slate, request, rung + ", seed " + seed);
            assertEquals(rung, slate.getRung(), "seed " + seed + ": " + slate);
            assertEquals(rung == Rung.RUNG_FULL, slate.getRungReason().isEmpty(), slate::getRungReason);
        }
    }

    @Test
    void the_reason_of_a_rung_names_the_stage_and_its_cause() {
        gateway.stages.ranking.fails(Status.UNAVAILABLE.withDescription("connection refused"));
        RecommendResponse slate = gateway.recommend(RunningGateway.home("user-03"));
        assertEquals("ranking is absent (failed): UNAVAILABLE: connection refused", slate.getRungReason());
    }

    @Test
    void a_lost_generator_is_less_effort_and_named() {
        hurt(Rung.RUNG_LESS_EFFORT);
        RecommendResponse slate = gateway.recommend(RunningGateway.home("user-03"));
        assertEquals("covisit: no answer in its slice", slate.getRungReason());
    }

    @Test
    void a_pipeline_that_has_no_stage_does_not_miss_it() {
        gateway.stages.ranking.fails(Status.UNAVAILABLE);
        gateway.stages.reranker.fails(Status.UNAVAILABLE);
        RecommendResponse slate =
                gateway.recommend(RunningGateway.home("user-03").setPipeline("plain"));
        assertEquals(Rung.RUNG_FULL, slate.getRung());
        assertTrue(slate.getDegradationsList().isEmpty());
    }

    private static RecommendRequest question(Random random) {
        RecommendRequest.Builder request = RandomQuestion.of(random).toBuilder().setPageSize(1 + random.nextInt(6));
        request.getQueryBuilder().clearFilter().setUserId("visitor-" + ++visitors);
        return request.build();
    }

    /** The same person on the same surface, with nothing forbidden yet. */
    private static RecommendRequest.Builder allowingAll(RecommendRequest request) {
        RecommendRequest.Builder all = request.toBuilder().setPageSize(40);
        all.getQueryBuilder().clearExcludeItemIds().clearRecent().clearFilter();
        return all;
    }

    private static RetrieveResponse everything(RetrieveRequest request) {
        return FakeStages.nominating(
                request,
                IntStream.range(0, SmallBundle.ITEMS)
                        .mapToObj(SmallBundle::item)
                        .toList());
    }

    private static void hurt(Rung rung) {
        switch (rung) {
            case RUNG_LESS_EFFORT ->
                gateway.stages.candidates.answers(request ->
                        everything(request).toBuilder().addDegradations(lost()).build());
            case RUNG_NO_RERANKING -> gateway.stages.reranker.fails(Status.UNAVAILABLE);
            case RUNG_NO_RANKING -> gateway.stages.ranking.fails(Status.UNAVAILABLE);
            case RUNG_LAST_GOOD, RUNG_POPULAR -> gateway.stages.candidates.fails(Status.UNAVAILABLE);
            case RUNG_FULL, RUNG_UNSPECIFIED, UNRECOGNIZED -> {}
        }
    }

    private static Degradation lost() {
        return Degradation.newBuilder()
                .setStage(Stage.STAGE_CANDIDATES)
                .setKind(DegradationKind.DEGRADATION_KIND_LATE)
                .setComponent("covisit")
                .setCause("no answer in its slice")
                .build();
    }
}
