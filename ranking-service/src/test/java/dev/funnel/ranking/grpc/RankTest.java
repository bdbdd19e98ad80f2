package dev.funnel.ranking.grpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.inference.Ranker;
import dev.funnel.inference.RankerSettings;
import dev.funnel.inference.engine.EngineChoice;
import dev.funnel.inference.testing.SmallRanker;
import dev.funnel.proto.common.v1.HeadValues;
import dev.funnel.proto.common.v1.ItemTrace;
import dev.funnel.proto.common.v1.TraceVerdict;
import dev.funnel.proto.common.v1.UserState;
import dev.funnel.proto.ranking.v1.DescribeRankerRequest;
import dev.funnel.proto.ranking.v1.DescribeRankerResponse;
import dev.funnel.proto.ranking.v1.FeatureMiss;
import dev.funnel.proto.ranking.v1.RankRequest;
import dev.funnel.proto.ranking.v1.RankResponse;
import dev.funnel.ranking.feature.RankingInputs;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ranker answers, over a real socket. */
class RankTest {
    /** Two bytes for each of the eight numbers in an item's share. */
    private static final long HALF_OF_THE_SHARES = SmallBundle.ITEMS * 8 * 2;

    @TempDir
    private static Path bundles;

    private static BundleVersion version;
    private static RunningRanker running;

    @BeforeAll
    static void start() throws Exception {
        version = SmallRanker.publish(bundles);
        running = new RunningRanker(bundles).loaded();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static RankResponse rank(RankRequest.Builder request) {
        return running.ranker().rank(request.build());
    }

    private static float[] scores(RankResponse response) {
        float[] scores = new float[response.getScoresCount()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = response.getScores(i);
        }
        return scores;
    }

    @Test
    void every_candidate_has_a_score_in_the_order_in_which_it_was_sent() {
        RankRequest.Builder request = RunningRanker.everyItem();
        float[] scores = scores(rank(request));
        assertEquals(SmallBundle.ITEMS, scores.length);
        RankRequest.Builder backwards = RunningRanker.everyItem();
        for (int i = 0; i < scores.length; i++) {
            int mirrored = scores.length - 1 - i;
            backwards
                    .getCandidatesBuilder()
                    .setItemIds(i, request.getCandidates().getItemIds(mirrored));
            backwards
                    .getCandidatesBuilder()
                    .getNominationsBuilder(0)
                    .setPoolScores(i, request.getCandidates().getNominations(0).getPoolScores(mirrored));
        }
        backwards
                .getCandidatesBuilder()
                .getNominationsBuilder(0)
                .clearPositions()
                .clearScores();
        request.getCandidatesBuilder().getNominationsBuilder(0).clearPositions().clearScores();
        float[] expected = scores(rank(request));
        float[] mirrored = scores(rank(backwards));
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], mirrored[expected.length - 1 - i], "item " + i);
        }
    }

    @Test
    void a_pool_of_the_largest_size_is_scored_in_parts_like_a_small_one() {
        float[] all = scores(rank(RunningRanker.request(10_000)));
        assertEquals(10_000, all.length);
        float[] few = scores(rank(RunningRanker.request(100)));
        for (int i = 0; i < few.length; i++) {
            assertEquals(few[i], all[i], "candidate " + i);
        }
    }

    @Test
    void with_room_for_half_of_the_shares_scores_move_by_less_than_a_thousandth() throws Exception {
        float[] full = scores(rank(RunningRanker.everyItem()));
        try (RunningRanker tight =
                RunningRanker.withShares(bundles, HALF_OF_THE_SHARES).loaded()) {
            String engine = tight.ranker()
                    .describeRanker(DescribeRankerRequest.getDefaultInstance())
                    .getEngine();
            assertTrue(engine.contains("item shares half: 60 items"), engine);
            float[] half = scores(tight.ranker().rank(RunningRanker.everyItem().build()));
            for (int i = 0; i < full.length; i++) {
                assertEquals(full[i], half[i], 1e-3f * Math.abs(full[i]), "candidate " + i);
            }
        }
    }

    @Test
    void an_empty_pool_is_answered_without_scores() {
        RankResponse response = rank(RunningRanker.request(0));
        assertEquals(0, response.getScoresCount());
        assertEquals(version.value(), response.getBundle().getVersion());
        assertEquals(SmallBundle.NAME, response.getBundle().getName());
    }

    @Test
    void a_visitor_of_whom_nothing_is_known_gets_scores() {
        RankResponse response = rank(RunningRanker.everyItem().setUser(UserState.getDefaultInstance()));
        assertEquals(SmallBundle.ITEMS, response.getScoresCount());
    }

    @Test
    void items_the_bundle_does_not_hold_are_scored_and_counted() {
        RankResponse response = rank(RunningRanker.request(SmallBundle.ITEMS + 5));
        assertEquals(SmallBundle.ITEMS + 5, response.getScoresCount());
        assertEquals(5, response.getUnknownItems());
    }

    @Test
    void what_is_served_is_bit_for_bit_what_the_same_input_gives_offline() throws Exception {
        RankRequest request = RunningRanker.request(300).build();
        float[] served = scores(running.ranker().rank(request));
        try (Bundle bundle = Bundle.open(SmallBundle.directory(bundles, version));
                Ranker ranker = Ranker.load(
                        bundle,
                        Objects.requireNonNull(bundle.manifest().ranker()),
                        new RankerSettings(EngineChoice.Setting.ONNX, 1 << 20))) {
            RankCall call = RankCall.of(request);
            float[] offline = ranker.score(
                    RankingInputs.of(call.user(), call.query().context(), call.candidates(), bundle.items()));
            assertArrayEquals(offline, served);
        }
    }

    @Test
    void heads_asked_for_come_beside_the_score_and_one_may_be_the_score() {
        RankResponse response = rank(RunningRanker.everyItem()
                .setObjective(SmallRanker.CLICK)
                .addHeads(SmallRanker.OBJECTIVE)
                .addHeads(SmallRanker.CLICK));
        assertEquals(
                List.of(SmallRanker.OBJECTIVE, SmallRanker.CLICK),
                response.getHeadsList().stream().map(HeadValues::getHead).toList());
        assertEquals(response.getScoresList(), response.getHeads(1).getValuesList());
        assertEquals(
                rank(RunningRanker.everyItem()).getScoresList(),
                response.getHeads(0).getValuesList());
    }

    @Test
    void shares_of_missing_features_are_told_on_explain_only() {
        assertEquals(0, rank(RunningRanker.request(80)).getFeatureMissesCount());
        RankResponse response = rank(RunningRanker.request(80).setExplain(true));
        Map<String, Float> shares = new HashMap<>();
        for (FeatureMiss miss : response.getFeatureMissesList()) {
            shares.put(miss.getFeature(), miss.getShare());
        }
        assertEquals(20f / 80, shares.get("item_id"), "20 of 80 are unknown");
        assertEquals(1f, shares.get("unclicked"), "nobody counted");
        assertTrue(!shares.containsKey("mood") && !shares.containsKey("als_score"), shares.toString());
        assertEquals(1, response.getReport().getComponentsCount());
    }

    @Test
    void an_item_asked_about_is_traced_with_its_score_and_place() {
        RankResponse response = rank(RunningRanker.request(SmallBundle.ITEMS + 1)
                .addTraceItemIds(SmallBundle.item(5))
                .addTraceItemIds("unknown-60")
                .addTraceItemIds("never-heard-of"));
        ItemTrace known = response.getTraces(0);
        assertEquals(TraceVerdict.TRACE_VERDICT_PASSED, known.getVerdict());
        assertEquals(response.getScores(5), known.getScore());
        long better = response.getScoresList().stream()
                .filter(score -> score > known.getScore())
                .count();
        assertEquals(better + 1, known.getPlace());
        assertEquals(TraceVerdict.TRACE_VERDICT_PASSED, response.getTraces(1).getVerdict());
        assertTrue(
                response.getTraces(1).getDetail().contains("does not hold"),
                response.getTraces(1).getDetail());
        assertEquals(
                TraceVerdict.TRACE_VERDICT_UNKNOWN_ITEM, response.getTraces(2).getVerdict());
    }

    @Test
    void an_item_that_is_no_candidate_is_said_not_to_be_nominated() {
        RankResponse response = rank(RunningRanker.request(10).addTraceItemIds(SmallBundle.item(40)));
        assertEquals(
                TraceVerdict.TRACE_VERDICT_NOT_NOMINATED, response.getTraces(0).getVerdict());
        assertEquals(0, response.getTraces(0).getPlace());
    }

    @Test
    void a_report_says_how_many_went_in_and_came_out() {
        RankResponse response = rank(RunningRanker.request(70));
        assertEquals(70, response.getReport().getItemsIn());
        assertEquals(70, response.getReport().getItemsOut());
    }

    @Test
    void the_ranker_describes_itself() {
        DescribeRankerResponse description =
                running.ranker().describeRanker(DescribeRankerRequest.getDefaultInstance());
        assertEquals(version.value(), description.getBundle().getVersion());
        assertEquals(SmallRanker.OBJECTIVE, description.getDefaultObjective());
        assertEquals("s", description.getHeads(0).getUnit());
        assertEquals(SmallRanker.schema().featureNames(), List.copyOf(description.getFeaturesList()));
        assertTrue(description.getEngine().startsWith("ONNX Runtime"), description.getEngine());
        assertTrue(description.getEngine().contains("item shares full: 60 items"), description.getEngine());
    }
}
