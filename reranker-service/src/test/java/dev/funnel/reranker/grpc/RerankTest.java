package dev.funnel.reranker.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.common.v1.Comparison;
import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.proto.common.v1.ItemPredicate;
import dev.funnel.proto.common.v1.ItemTrace;
import dev.funnel.proto.common.v1.Operand;
import dev.funnel.proto.common.v1.StrictRule;
import dev.funnel.proto.common.v1.TraceVerdict;
import dev.funnel.proto.common.v1.UserState;
import dev.funnel.proto.reranker.v1.ListPoliciesRequest;
import dev.funnel.proto.reranker.v1.PolicyDescription;
import dev.funnel.proto.reranker.v1.Removal;
import dev.funnel.proto.reranker.v1.RemovalCount;
import dev.funnel.proto.reranker.v1.RerankRequest;
import dev.funnel.proto.reranker.v1.RerankResponse;
import dev.funnel.proto.reranker.v1.SlateItem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Slates over a real socket, by the policies of the sample configuration, on the small bundle. */
class RerankTest {
    @TempDir
    private static Path bundles;

    private static BundleVersion version;
    private static RunningReranker running;

    @BeforeAll
    static void start() throws Exception {
        version = SmallBundle.publish(bundles);
        running = new RunningReranker(bundles).loaded();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @ParameterizedTest
    @MethodSource("dev.funnel.reranker.grpc.RunningReranker#sampleNames")
    void every_sample_policy_fills_a_slate(String policy) {
        RerankResponse response = rerank(RunningReranker.everyItem().setPolicy(policy));
        assertEquals(10, response.getSlateCount());
        assertEquals(10, new HashSet<>(ids(response)).size());
        assertEquals(
                IntStream.rangeClosed(1, 10).boxed().toList(),
                response.getSlateList().stream().map(SlateItem::getPlace).toList());
        assertEquals(version.value(), response.getBundle().getVersion());
        assertEquals(SmallBundle.NAME, response.getBundle().getName());
        assertEquals(policy, response.getPolicy());
        assertEquals(60, response.getReport().getItemsIn());
        assertEquals(10, response.getReport().getItemsOut());
        assertTrue(Durations.toNanos(response.getReport().getElapsed()) > 0);
    }

    @Test
    void policies_are_listed_with_hashes_and_rules_in_the_order_applied() {
        Map<String, PolicyDescription> policies =
                running.reranker().listPolicies(ListPoliciesRequest.getDefaultInstance()).getPoliciesList().stream()
                        .collect(Collectors.toMap(PolicyDescription::getName, policy -> policy));
        assertEquals(new HashSet<>(RunningReranker.sampleNames()), policies.keySet());
        PolicyDescription home = policies.getOrDefault("home", PolicyDescription.getDefaultInstance());
        assertEquals(
                List.of(
                        "expired",
                        "unpublished",
                        "disliked",
                        "blocked_uploader",
                        "blocked_category",
                        "watched",
                        "freshness",
                        "uploader_spacing",
                        "mmr"),
                home.getRulesList());
        RerankResponse response = rerank(RunningReranker.everyItem().setPolicy("home"));
        assertEquals(home.getHash(), response.getPolicyHash());
        assertEquals(
                5,
                policies.values().stream()
                        .map(PolicyDescription::getHash)
                        .distinct()
                        .count());
    }

    @Test
    void without_a_policy_the_default_one_applies() {
        RerankResponse unnamed = rerank(RunningReranker.everyItem());
        assertEquals("default", unnamed.getPolicy());
        assertEquals(ids(rerank(RunningReranker.everyItem().setPolicy("default"))), ids(unnamed));
    }

    @Test
    void the_plain_policy_keeps_the_order_of_the_scores_and_points_back_at_the_candidates() {
        RerankResponse response = rerank(RunningReranker.everyItem().setPolicy("plain"));
        for (SlateItem item : response.getSlateList()) {
            assertEquals(SmallBundle.item(item.getPlace()), item.getItemId());
            assertEquals(item.getPlace() - 1, item.getCandidatePosition());
            assertEquals(60 - item.getPlace(), item.getScore());
        }
    }

    @Test
    void the_same_request_gives_the_same_bytes() {
        for (String policy : RunningReranker.sampleNames()) {
            RerankRequest.Builder request =
                    RunningReranker.everyItem().setPolicy(policy).setSeed(7).addTraceItemIds("item-40");
            assertEquals(
                    untimed(rerank(request)).toByteString(),
                    untimed(rerank(request)).toByteString(),
                    policy);
        }
    }

    @Test
    void another_seed_gives_another_slate_where_a_policy_explores() {
        RerankRequest.Builder request = RunningReranker.everyItem().setPolicy("discover");
        assertNotEquals(ids(rerank(request.setSeed(1))), ids(rerank(request.setSeed(2))));
    }

    @Test
    void the_order_of_arrival_does_not_change_the_slate() {
        for (String policy : RunningReranker.sampleNames()) {
            for (long seed = 0; seed < 5; seed++) {
                RerankRequest.Builder request = RunningReranker.everyItem().setPolicy(policy);
                assertEquals(ids(rerank(request)), ids(rerank(shuffled(request, seed))), policy + ", seed " + seed);
            }
        }
    }

    @Test
    void items_that_the_bundle_does_not_hold_are_removed_and_counted() {
        RerankRequest.Builder request = RunningReranker.everyItem().setPolicy("plain");
        request.getCandidatesBuilder().addItemIds("ghost");
        RerankResponse response = rerank(request.addScores(1000));
        assertFalse(ids(response).contains("ghost"));
        assertTrue(response.getRemovalCountsList()
                .contains(RemovalCount.newBuilder()
                        .setRule("unknown_item")
                        .setCount(1)
                        .build()));
    }

    @Test
    void removals_are_counted_always_and_told_one_by_one_on_explain() {
        RerankRequest.Builder request = RunningReranker.everyItem()
                .setPolicy("plain")
                .setUser(UserState.newBuilder().addDislikedItemIds("item-03").addBlockedUploaders("uploader-1"));
        RerankResponse counted = rerank(request);
        assertEquals(0, counted.getRemovalsCount());
        assertEquals(0, counted.getReport().getComponentsCount());
        assertEquals(
                Map.of("expired", 1, "disliked", 1, "blocked_uploader", 9),
                counted.getRemovalCountsList().stream()
                        .collect(Collectors.toMap(RemovalCount::getRule, RemovalCount::getCount)));
        RerankResponse explained = rerank(request.setExplain(true));
        assertEquals(11, explained.getRemovalsCount());
        Removal disliked = explained.getRemovalsList().stream()
                .filter(removal -> removal.getRule().equals("disliked"))
                .findFirst()
                .orElseThrow();
        assertEquals(2, disliked.getCandidatePosition());
        assertEquals("the user disliked it", disliked.getDetail());
        assertTrue(explained.getReport().getComponentsCount() > 5);
    }

    @Test
    void explained_places_have_reasons_and_others_none() {
        RerankRequest.Builder request = RunningReranker.everyItem().setPolicy("home");
        rerank(request).getSlateList().forEach(item -> assertEquals(0, item.getReasonsCount()));
        RerankResponse explained = rerank(request.setExplain(true));
        assertTrue(explained.getSlate(0).getReasonsList().stream()
                .anyMatch(reason -> reason.getRule().equals("freshness") && reason.getScoreDelta() > 0));
        assertTrue(explained.getSlateList().stream()
                .flatMap(item -> item.getReasonsList().stream())
                .anyMatch(reason -> reason.getRule().equals("mmr")));
        assertEquals(ids(rerank(request.setExplain(false))), ids(explained));
    }

    @Test
    void diversity_lowers_the_similarity_within_the_slate() {
        Map<String, Double> plain = rerank(sameTopicFirst().setPolicy("plain")).getMeasuresMap();
        Map<String, Double> diverse =
                rerank(sameTopicFirst().setPolicy("default")).getMeasuresMap();
        assertTrue(
                diverse.getOrDefault("intra_list_similarity", Double.NaN)
                        < plain.getOrDefault("intra_list_similarity", Double.NaN),
                plain + " " + diverse);
        assertTrue(
                diverse.getOrDefault("category_coverage", Double.NaN)
                        > plain.getOrDefault("category_coverage", Double.NaN),
                plain + " " + diverse);
        assertTrue(diverse.getOrDefault("relevance_kept", Double.NaN) < 1, diverse.toString());
        assertEquals(1, plain.getOrDefault("relevance_kept", Double.NaN));
    }

    @Test
    void a_preferred_rule_gives_way_and_a_strict_one_does_not() {
        UserState.Builder user = UserState.newBuilder().addDislikedItemIds("item-10");
        for (int item = 0; item < SmallBundle.ITEMS - 4; item++) {
            user.addOlderWatchedItemIds(SmallBundle.item(item));
        }
        RerankRequest.Builder request =
                RunningReranker.everyItem().setPolicy("home").setUser(user);
        RerankResponse response = rerank(request);
        assertEquals(10, response.getSlateCount());
        assertEquals(List.of("watched"), response.getRelaxedRulesList());
        assertEquals(
                DegradationKind.DEGRADATION_KIND_RELAXED_RULE,
                response.getDegradations(0).getKind());
        assertEquals("watched", response.getDegradations(0).getComponent());
        assertFalse(ids(response).contains("item-10"));
        assertTrue(
                ids(response).containsAll(List.of("item-56", "item-57", "item-58")),
                ids(response).toString());
        RerankResponse strict = rerank(request.setPolicy("plain"));
        assertEquals(List.of("item-56", "item-57", "item-58"), ids(strict));
        assertEquals(
                DegradationKind.DEGRADATION_KIND_SHORT_SLATE,
                strict.getDegradations(0).getKind());
    }

    @Test
    void a_strict_rule_holds_whatever_the_policy() {
        StrictRule german = StrictRule.newBuilder()
                .setName("german_only")
                .setPredicate(ItemPredicate.newBuilder()
                        .setEquals(Comparison.newBuilder()
                                .setColumn("language")
                                .setValue(Operand.newBuilder().setText("de"))))
                .build();
        for (String policy : RunningReranker.sampleNames()) {
            RerankResponse response = rerank(RunningReranker.everyItem()
                    .setPolicy(policy)
                    .setSlateSize(60)
                    .addStrictRules(german));
            assertFalse(response.getSlateList().isEmpty());
            ids(response).forEach(id -> assertEquals(1, Integer.parseInt(id.substring(5)) % 3, id));
        }
    }

    @Test
    void traced_items_are_told_of_in_the_order_asked() {
        RerankResponse response = rerank(RunningReranker.everyItem()
                .setPolicy("plain")
                .addTraceItemIds("item-59")
                .addTraceItemIds("item-30")
                .addTraceItemIds("item-02")
                .addTraceItemIds("ghost"));
        List<ItemTrace> traces = response.getTracesList();
        assertEquals(TraceVerdict.TRACE_VERDICT_REMOVED, traces.get(0).getVerdict());
        assertEquals("expired", traces.get(0).getComponent());
        assertEquals(TraceVerdict.TRACE_VERDICT_OUTRANKED, traces.get(1).getVerdict());
        assertTrue(
                traces.get(1).getDetail().contains("'item-10' at place 10"),
                traces.get(1).getDetail());
        assertEquals(TraceVerdict.TRACE_VERDICT_PASSED, traces.get(2).getVerdict());
        assertEquals(2, traces.get(2).getPlace());
        assertEquals(TraceVerdict.TRACE_VERDICT_UNKNOWN_ITEM, traces.get(3).getVerdict());
    }

    /** Items of topic 0 score best. */
    private static RerankRequest.Builder sameTopicFirst() {
        RerankRequest.Builder request = RunningReranker.everyItem();
        for (int position = 0; position < SmallBundle.ITEMS; position++) {
            int topic = (position + 1) % SmallBundle.TOPICS;
            request.setScores(position, topic == 0 ? 10 - position / 60f : 9 - position / 60f);
        }
        return request;
    }

    private static RerankRequest.Builder shuffled(RerankRequest.Builder request, long seed) {
        List<Integer> order = new ArrayList<>(
                IntStream.range(0, request.getScoresCount()).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        RerankRequest.Builder shuffled = request.clone().clearScores();
        shuffled.getCandidatesBuilder().clearItemIds();
        for (int position : order) {
            shuffled.addScores(request.getScores(position));
            shuffled.getCandidatesBuilder().addItemIds(request.getCandidates().getItemIds(position));
        }
        return shuffled;
    }

    private static RerankResponse untimed(RerankResponse response) {
        RerankResponse.Builder untimed = response.toBuilder();
        untimed.getReportBuilder().clearElapsed();
        return untimed.build();
    }

    private static RerankResponse rerank(RerankRequest.Builder request) {
        return running.reranker().rerank(request.build());
    }

    private static List<String> ids(RerankResponse response) {
        return response.getSlateList().stream().map(SlateItem::getItemId).toList();
    }
}
