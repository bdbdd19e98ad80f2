package dev.funnel.candidate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.Operand;
import dev.funnel.bundle.QueryField;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.proto.candidate.v1.GeneratorDescription;
import dev.funnel.proto.candidate.v1.GeneratorOutcome;
import dev.funnel.proto.candidate.v1.GeneratorRequest;
import dev.funnel.proto.candidate.v1.GeneratorStatus;
import dev.funnel.proto.candidate.v1.ListGeneratorsRequest;
import dev.funnel.proto.candidate.v1.RetrieveRequest;
import dev.funnel.proto.candidate.v1.RetrieveResponse;
import dev.funnel.proto.common.v1.Candidates;
import dev.funnel.proto.common.v1.Degradation;
import dev.funnel.proto.common.v1.DegradationKind;
import dev.funnel.proto.common.v1.InteractionKind;
import dev.funnel.proto.common.v1.ItemTrace;
import dev.funnel.proto.common.v1.Nomination;
import dev.funnel.proto.common.v1.QueryOrigin;
import dev.funnel.proto.common.v1.Stage;
import dev.funnel.proto.common.v1.TraceVerdict;
import dev.funnel.runtime.wire.PredicateToWire;
import dev.funnel.runtime.wire.StrictRule;
import dev.funnel.runtime.wire.ToWire;
import dev.funnel.runtime.wire.WireTimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the service promises, over a real socket. */
class CandidateServiceTest {
    private static final List<String> ALL = List.of("als", "covisit", "popular", "newest");

    @TempDir
    private static Path root;

    private static CandidateProcess service;
    private static Bundle bundle;

    @BeforeAll
    static void start() throws Exception {
        bundle = Bundle.open(SmallBundle.directory(root, SmallBundle.publish(root)));
        service = CandidateProcess.over(root);
    }

    @AfterAll
    static void stop() {
        service.close();
        bundle.close();
    }

    private static RetrieveResponse retrieve(RetrieveRequest.Builder request) {
        return service.stub().retrieve(request.build());
    }

    private static GeneratorRequest ask(String name, int limit) {
        return GeneratorRequest.newBuilder().setName(name).setLimit(limit).build();
    }

    private static List<String> nominated(RetrieveResponse response, String generator) {
        Nomination nomination = nomination(response, generator);
        return nomination.getPositionsList().stream()
                .map(position -> response.getCandidates().getItemIds(position))
                .toList();
    }

    private static Nomination nomination(RetrieveResponse response, String generator) {
        return response.getCandidates().getNominationsList().stream()
                .filter(nomination -> nomination.getGenerator().equals(generator))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no nomination by " + generator));
    }

    private static GeneratorOutcome outcome(RetrieveResponse response, String generator) {
        return response.getOutcomesList().stream()
                .filter(outcome -> outcome.getGenerator().equals(generator))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no outcome of " + generator));
    }

    private static Set<String> items(RetrieveResponse response) {
        return new HashSet<>(response.getCandidates().getItemIdsList());
    }

    @Test
    void every_generator_nominates_within_its_quota_and_stands_by_name() {
        RetrieveResponse response = retrieve(Requests.known(bundle, 2)
                .addGenerators(ask("newest", 3))
                .addGenerators(ask("als", 7))
                .addGenerators(ask("covisit", 5))
                .addGenerators(ask("popular", 2)));
        assertEquals(
                List.of("newest", "als", "covisit", "popular"),
                response.getOutcomesList().stream()
                        .map(GeneratorOutcome::getGenerator)
                        .toList());
        for (GeneratorOutcome outcome : response.getOutcomesList()) {
            assertEquals(GeneratorStatus.GENERATOR_STATUS_OK, outcome.getStatus());
            assertTrue(outcome.getExact());
            assertEquals(
                    outcome.getReturned(),
                    nominated(response, outcome.getGenerator()).size());
        }
        assertEquals(3, nominated(response, "newest").size());
        assertEquals(7, nominated(response, "als").size());
        assertEquals(2, nominated(response, "popular").size());
        assertEquals(List.of(), response.getDegradationsList());
        assertEquals(bundle.version().value(), response.getBundle().getVersion());
    }

    @Test
    void a_candidate_nominated_twice_stands_once_and_all_columns_fit() {
        RetrieveResponse response = retrieve(Requests.known(bundle, 3));
        Candidates pool = response.getCandidates();
        assertEquals(pool.getItemIdsCount(), items(response).size());
        assertEquals(pool.getItemIdsCount(), pool.getCalibratedScoresCount());
        int nominations = 0;
        for (Nomination nomination : pool.getNominationsList()) {
            nominations += nomination.getPositionsCount();
            assertEquals(nomination.getPositionsCount(), nomination.getScoresCount());
            assertEquals(nomination.getPositionsCount(), nomination.getCalibratedCount());
            assertEquals(pool.getItemIdsCount(), nomination.getPoolScoresCount());
            for (int i = 0; i < nomination.getPositionsCount(); i++) {
                int position = nomination.getPositions(i);
                assertEquals(nomination.getScores(i), nomination.getPoolScores(position));
                assertTrue(nomination.getCalibrated(i) <= pool.getCalibratedScores(position));
                assertTrue(i == 0 || nomination.getScores(i) <= nomination.getScores(i - 1));
            }
        }
        assertTrue(nominations > pool.getItemIdsCount(), "some were nominated twice");
        assertEquals(
                pool.getCalibratedScoresList().stream()
                        .sorted((a, b) -> Float.compare(b, a))
                        .toList(),
                pool.getCalibratedScoresList());
    }

    @Test
    void without_a_list_of_generators_all_are_asked_with_their_default_limits() {
        RetrieveResponse response = retrieve(Requests.known(bundle, 4));
        assertEquals(
                ALL,
                response.getOutcomesList().stream()
                        .map(GeneratorOutcome::getGenerator)
                        .toList());
        assertEquals(20, nominated(response, "popular").size());
    }

    @Test
    void a_known_user_with_nothing_newer_is_searched_for_by_the_trained_vector() {
        RetrieveResponse trained = retrieve(Requests.known(bundle, 5));
        assertEquals(
                QueryOrigin.QUERY_ORIGIN_TRAINED_USER, outcome(trained, "als").getOrigin());
        RetrieveRequest.Builder unknown = Requests.known(bundle, 5);
        unknown.getUserBuilder().setKnown(false);
        RetrieveResponse foldedIn = retrieve(unknown);
        assertEquals(QueryOrigin.QUERY_ORIGIN_FOLD_IN, outcome(foldedIn, "als").getOrigin());
        assertEquals(
                nominated(trained, "als"),
                nominated(foldedIn, "als"),
                "the trained vector is the fold-in of the history");
    }

    @Test
    void a_known_user_who_did_something_since_is_folded_in() {
        RetrieveRequest.Builder request = Requests.known(bundle, 5);
        request.getUserBuilder().setFreshCount(1);
        assertEquals(
                QueryOrigin.QUERY_ORIGIN_FOLD_IN,
                outcome(retrieve(request), "als").getOrigin());
    }

    @Test
    void a_stranger_is_folded_in_and_gets_items_of_the_topic_watched() {
        RetrieveResponse response = retrieve(
                Requests.stranger(SmallBundle.item(2), SmallBundle.item(7), SmallBundle.item(12), "not-in-the-bundle")
                        .setExplain(true));
        assertEquals(QueryOrigin.QUERY_ORIGIN_FOLD_IN, outcome(response, "als").getOrigin());
        assertEquals(
                QueryOrigin.QUERY_ORIGIN_RECENT_ITEMS,
                outcome(response, "covisit").getOrigin());
        for (String item : nominated(response, "als").subList(0, 5)) {
            assertEquals(2, bundle.items().indexOf(item) % SmallBundle.TOPICS, item);
        }
        assertEquals(
                "folded in from 3 interactions",
                response.getReport().getComponents(0).getNote());
    }

    @Test
    void a_new_visitor_gets_popular_and_newest_and_that_is_no_fault() {
        RetrieveResponse response = retrieve(Requests.visitor());
        for (String generator : List.of("als", "covisit")) {
            assertEquals(
                    GeneratorStatus.GENERATOR_STATUS_NOT_APPLICABLE,
                    outcome(response, generator).getStatus());
        }
        assertEquals(20, nominated(response, "popular").size());
        assertEquals(20, nominated(response, "newest").size());
        assertEquals(List.of(), response.getDegradationsList());
    }

    @Test
    void a_known_user_without_a_history_is_treated_as_a_new_visitor() {
        assertEquals(
                GeneratorStatus.GENERATOR_STATUS_NOT_APPLICABLE,
                outcome(retrieve(Requests.known(bundle, 0)), "als").getStatus());
    }

    @Test
    void newest_knows_nothing_published_after_the_time_of_the_query() {
        RetrieveRequest.Builder request = Requests.visitor();
        request.getQueryBuilder()
                .getContextBuilder()
                .setTime(WireTimes.timestamp(SmallBundle.NOW.minus(Duration.ofDays(10))));
        RetrieveResponse response = retrieve(request);
        assertEquals(
                SmallBundle.item(SmallBundle.ITEMS - 10),
                nominated(response, "newest").getFirst());
    }

    @Test
    void a_seed_item_brings_similar_ones_and_never_itself() {
        RetrieveRequest.Builder request = Requests.visitor();
        request.getQueryBuilder().setSeedItemId(SmallBundle.item(8));
        RetrieveResponse response = retrieve(request);
        assertEquals(
                QueryOrigin.QUERY_ORIGIN_SEED_ITEM, outcome(response, "als").getOrigin());
        assertEquals(
                QueryOrigin.QUERY_ORIGIN_SEED_ITEM, outcome(response, "covisit").getOrigin());
        assertFalse(items(response).contains(SmallBundle.item(8)));
        for (String item : nominated(response, "als").subList(0, 5)) {
            assertEquals(8 % SmallBundle.TOPICS, bundle.items().indexOf(item) % SmallBundle.TOPICS, item);
        }
    }

    @Test
    void a_nomination_says_what_each_of_its_scores_stands_for() {
        RetrieveResponse response = retrieve(Requests.known(bundle, 2));
        for (String generator : List.of("als", "covisit")) {
            Nomination nomination = nomination(response, generator);
            GeneratorEntry entry = Objects.requireNonNull(bundle.manifest().generator(generator));
            assertTrue(nomination.getPositionsCount() > 0, generator);
            for (int i = 0; i < nomination.getPositionsCount(); i++) {
                assertEquals(entry.calibration().probability(nomination.getScores(i)), nomination.getCalibrated(i));
            }
        }
    }

    @Test
    void a_user_and_a_seed_item_share_the_quota() {
        RetrieveRequest.Builder request = Requests.known(bundle, 5).addGenerators(ask("als", 10));
        request.getQueryBuilder().setSeedItemId(SmallBundle.item(8));
        RetrieveResponse response = retrieve(request);
        List<String> nominated = nominated(response, "als");
        assertEquals(10, nominated.size());
        long likeSeed = nominated.stream()
                .filter(item -> bundle.items().indexOf(item) % SmallBundle.TOPICS == 8 % SmallBundle.TOPICS)
                .count();
        assertTrue(likeSeed >= 5, () -> nominated.toString());
        assertTrue(likeSeed < 10, () -> nominated.toString());
    }

    @Test
    void watched_disliked_and_excluded_items_are_kept_out_without_costing_quota() {
        RetrieveRequest.Builder request = Requests.stranger(SmallBundle.item(2), SmallBundle.item(7));
        request.getUserBuilder().addOlderWatchedItemIds(SmallBundle.item(12)).addDislikedItemIds(SmallBundle.item(17));
        request.getUserBuilder()
                .getRecentBuilder()
                .addItemIds(SmallBundle.item(22))
                .addKinds(InteractionKind.INTERACTION_KIND_WATCH)
                .addKinds(InteractionKind.INTERACTION_KIND_WATCH)
                .addKinds(InteractionKind.INTERACTION_KIND_DISLIKE);
        request.getQueryBuilder().addExcludeItemIds(SmallBundle.item(27)).addExcludeItemIds("not-in-the-bundle");
        RetrieveResponse response =
                retrieve(request.addGenerators(ask("als", 20)).addGenerators(ask("popular", 20)));
        for (int item : new int[] {2, 7, 12, 17, 22, 27}) {
            assertFalse(items(response).contains(SmallBundle.item(item)), SmallBundle.item(item));
        }
        assertEquals(20, nominated(response, "als").size());
        assertEquals(20, nominated(response, "popular").size());
        assertTrue(outcome(response, "als").getFiltered() > 0);
    }

    @Test
    void blocked_uploaders_and_categories_are_kept_out() {
        RetrieveRequest.Builder request = Requests.visitor();
        request.getUserBuilder()
                .addBlockedUploaders("uploader-3")
                .addBlockedUploaders("nobody")
                .addBlockedCategories("topic-4");
        for (String item : items(retrieve(request))) {
            int index = bundle.items().indexOf(item);
            assertFalse(index % 7 == 3, item);
            assertFalse(index % SmallBundle.TOPICS == 4 && index != 0, item);
        }
    }

    @Test
    void the_filter_and_strict_rules_hold_for_every_candidate() {
        RetrieveRequest.Builder request = Requests.visitor();
        request.getQueryBuilder().getContextBuilder().setLanguage("de");
        request.getQueryBuilder()
                .setFilter(PredicateToWire.predicate(new ItemPredicate.Equal("language", QueryField.LANGUAGE)));
        request.addStrictRules(ToWire.strictRule(new StrictRule(
                "adults-only-for-adults",
                new ItemPredicate.Not(new ItemPredicate.Equal("maturity", new Operand.Number(18))))));
        Set<String> items = items(retrieve(request));
        assertFalse(items.isEmpty());
        for (String item : items) {
            int index = bundle.items().indexOf(item);
            assertEquals(1, index % 3, item);
            assertTrue(index % 10 != 9, item);
        }
    }

    @Test
    void a_generator_the_bundle_does_not_have_is_a_degradation_and_the_others_answer() {
        RetrieveResponse response =
                retrieve(Requests.visitor().addGenerators(ask("two-tower", 5)).addGenerators(ask("popular", 5)));
        assertEquals(
                GeneratorStatus.GENERATOR_STATUS_UNKNOWN,
                outcome(response, "two-tower").getStatus());
        Degradation degradation = response.getDegradations(0);
        assertEquals(DegradationKind.DEGRADATION_KIND_GENERATOR_MISSING, degradation.getKind());
        assertEquals(Stage.STAGE_CANDIDATES, degradation.getStage());
        assertEquals("two-tower", degradation.getComponent());
        assertTrue(degradation.getCause().contains("als, covisit, popular, newest"), degradation.getCause());
        assertEquals(5, nominated(response, "popular").size());
    }

    @Test
    void less_effort_means_smaller_quotas_and_is_said() {
        RetrieveResponse response = retrieve(Requests.visitor().setEffort(0.5f).addGenerators(ask("popular", 10)));
        assertEquals(5, nominated(response, "popular").size());
        assertEquals(
                DegradationKind.DEGRADATION_KIND_REDUCED_EFFORT,
                response.getDegradations(0).getKind());
    }

    @Test
    void a_shard_that_is_not_served_is_a_degradation() {
        RetrieveResponse response = retrieve(Requests.visitor().addShards(0).addShards(3));
        assertEquals(
                DegradationKind.DEGRADATION_KIND_SHARD_MISSING,
                response.getDegradations(0).getKind());
        assertFalse(items(response).isEmpty());
        RetrieveResponse nothing = retrieve(Requests.visitor().addShards(3));
        assertTrue(items(nothing).isEmpty());
    }

    @Test
    void traced_items_say_what_became_of_them() {
        RetrieveRequest.Builder request = Requests.known(bundle, 5).addGenerators(ask("als", 5));
        RetrieveResponse first = retrieve(request);
        String best = nominated(first, "als").getFirst();
        Set<String> watched = new HashSet<>(request.getUser().getRecent().getItemIdsList());
        String outside = IntStream.range(2, SmallBundle.ITEMS)
                .mapToObj(SmallBundle::item)
                .filter(item -> !items(first).contains(item) && !watched.contains(item))
                .findFirst()
                .orElseThrow();
        request.getQueryBuilder().addExcludeItemIds(SmallBundle.item(1));
        request.addTraceItemIds(best)
                .addTraceItemIds(outside)
                .addTraceItemIds(SmallBundle.item(1))
                .addTraceItemIds(watched.iterator().next())
                .addTraceItemIds("no-such-item");
        List<ItemTrace> traces = retrieve(request).getTracesList();
        assertEquals(TraceVerdict.TRACE_VERDICT_PASSED, traces.get(0).getVerdict());
        assertEquals("als", traces.get(0).getComponent());
        assertEquals(1, traces.get(0).getPlace());
        assertEquals(TraceVerdict.TRACE_VERDICT_NOT_NOMINATED, traces.get(1).getVerdict());
        assertTrue(
                traces.get(1).getDetail().matches("als: rank \\d+ of 60, score .*, limit 5"),
                traces.get(1).getDetail());
        assertEquals(TraceVerdict.TRACE_VERDICT_REMOVED, traces.get(2).getVerdict());
        assertEquals("excluded", traces.get(2).getComponent());
        assertEquals("watched", traces.get(3).getComponent());
        assertEquals(TraceVerdict.TRACE_VERDICT_UNKNOWN_ITEM, traces.get(4).getVerdict());
    }

    @Test
    void the_generators_are_listed_with_what_serves_them() {
        List<GeneratorDescription> generators = service.stub()
                .listGenerators(ListGeneratorsRequest.getDefaultInstance())
                .getGeneratorsList();
        assertEquals(
                List.of("als", "covisit", "newest", "popular"),
                generators.stream().map(GeneratorDescription::getName).toList());
        GeneratorDescription als = generators.getFirst();
        assertEquals("factorization", als.getKind());
        assertEquals("dot", als.getSimilarity());
        assertEquals(SmallBundle.DIMENSIONS, als.getDimensions());
        assertEquals(20, als.getDefaultLimit());
        assertEquals(1, als.getMeasuredRecall());
        assertTrue(als.getIndex().contains("exact scan"), als.getIndex());
    }

    @Test
    void the_graph_index_serves_the_same_items_when_asked_for() {
        try (CandidateProcess other = CandidateProcess.over(
                root, Map.of("FUNNEL_GENERATORS", "[{name: als, kind: factorization, index: hnswlib}]"))) {
            RetrieveRequest request =
                    Requests.known(bundle, 5).addGenerators(ask("als", 10)).build();
            RetrieveResponse graph = other.stub().retrieve(request);
            assertFalse(outcome(graph, "als").getExact());
            assertEquals(nominated(service.stub().retrieve(request), "als"), nominated(graph, "als"));
            GeneratorDescription als = other.stub()
                    .listGenerators(ListGeneratorsRequest.getDefaultInstance())
                    .getGenerators(0);
            assertTrue(als.getIndex().contains("hnswlib"), als.getIndex());
            assertTrue(als.getMeasuredRecall() > 0.9f);
        }
    }

    @Test
    void the_same_request_gives_the_same_answer() {
        RetrieveRequest.Builder request = Requests.known(bundle, 7);
        assertEquals(retrieve(request).getCandidates(), retrieve(request).getCandidates());
    }
}
