package dev.funnel.systemtests.promise;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.BundleStore;
import dev.funnel.proto.common.v1.Comparison;
import dev.funnel.proto.common.v1.Context;
import dev.funnel.proto.common.v1.DeviceType;
import dev.funnel.proto.common.v1.ItemPredicate;
import dev.funnel.proto.common.v1.Operand;
import dev.funnel.proto.gateway.v1.RecommendRequest;
import dev.funnel.proto.gateway.v1.RecommendResponse;
import dev.funnel.proto.gateway.v1.RecommendedItem;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A slate for a user, a seed item, an anonymous session, a new visitor, or any mix. */
@ExtendWith(TinyFunnelExtension.class)
class RecommendationTest {

    private final TinyFunnel funnel;

    RecommendationTest(TinyFunnel funnel) {
        this.funnel = funnel;
    }

    @Test
    void a_user_gets_a_full_slate_of_distinct_items_each_with_sources_scores_and_reasons() {
        RecommendResponse slate = ask(forUser(3).setPageSize(20).setExplain(true));
        assertEquals(20, distinct(slate).size(), slate::toString);
        assertEquals(List.of(), slate.getDegradationsList());
        for (RecommendedItem item : slate.getItemsList()) {
            assertAll(
                    item.getItemId(),
                    () -> assertFalse(item.getSourcesList().isEmpty(), "sources"),
                    () -> assertEquals(item.getSourcesCount(), item.getSourceScoresCount(), "source scores"),
                    () -> assertFalse(item.getPredictionsMap().isEmpty(), "predictions"),
                    () -> assertFalse(item.getReasonsList().isEmpty(), "reasons"),
                    () -> assertFalse(item.getTitle().isEmpty(), "title"),
                    () -> assertTrue(Float.isFinite(item.getScore()), "score"));
        }
        assertEquals(
                IntStream.rangeClosed(1, 20).boxed().toList(),
                slate.getItemsList().stream().map(RecommendedItem::getPlace).toList());
    }

    @Test
    void without_explain_an_item_carries_its_sources_and_nothing_that_costs() {
        RecommendedItem first = ask(forUser(3)).getItems(0);
        assertFalse(first.getSourcesList().isEmpty());
        assertEquals(0, first.getSourceScoresCount());
        assertEquals(0, first.getPredictionsCount());
        assertEquals("", first.getTitle());
    }

    @Test
    void two_users_get_different_slates_and_the_same_question_gets_the_same_answer() {
        assertNotEquals(items(ask(forUser(3))), items(ask(forUser(4))));
        assertEquals(items(ask(forUser(3))), items(ask(forUser(3))));
    }

    @Test
    void an_anonymous_session_is_served_from_the_items_just_seen_and_does_not_see_them_again() {
        RecommendResponse slate = ask(funnel.request(query -> query.addRecent(funnel.watch(10))
                        .addRecent(funnel.watch(11))
                        .addRecent(funnel.watch(12)))
                .setExplain(true));
        assertEquals(20, distinct(slate).size());
        assertTrue(
                slate.getItemsList().stream()
                        .anyMatch(item -> item.getSourcesList().contains("als")),
                "nothing was folded in: " + slate);
        assertNoneOf(slate, 10, 11, 12);
    }

    @Test
    void a_seed_item_gets_related_items_without_itself() {
        RecommendResponse slate =
                ask(funnel.request(query -> query.setSeedItemId(funnel.world().itemId(42))));
        assertEquals("related", slate.getPipeline().getName());
        assertEquals(20, distinct(slate).size());
        assertNoneOf(slate, 42);
        assertNotEquals(
                items(slate),
                items(ask(funnel.request(
                        query -> query.setSeedItemId(funnel.world().itemId(43))))));
    }

    @Test
    void any_mix_is_valid_and_exclusions_hold() {
        List<String> usual = items(ask(forUser(5)));
        RecommendResponse slate =
                ask(funnel.request(query -> query.setUserId(funnel.world().userId(5))
                        .addRecent(funnel.watch(10))
                        .setSeedItemId(funnel.world().itemId(42))
                        .addAllExcludeItemIds(usual.subList(0, 10))));
        assertEquals(20, distinct(slate).size());
        assertTrue(items(slate).stream().noneMatch(usual.subList(0, 10)::contains), "an excluded item is shown");
        assertNoneOf(slate, 10, 42);
    }

    @Test
    void a_new_visitor_gets_a_slate_from_what_is_popular_and_new_here_and_now() {
        RecommendResponse slate = ask(RecommendRequest.newBuilder());
        assertEquals(20, distinct(slate).size());
        Set<String> sources = slate.getItemsList().stream()
                .flatMap(item -> item.getSourcesList().stream())
                .collect(Collectors.toSet());
        assertTrue(
                Set.of("popular", "newest", "trending", "near", "popular-slate").containsAll(sources),
                sources::toString);
    }

    @Test
    void an_unknown_user_is_served_like_a_new_visitor() {
        RecommendResponse slate = ask(funnel.request(query -> query.setUserId("nobody-knows-me")));
        assertEquals(20, distinct(slate).size());
        assertEquals(items(ask(funnel.request(query -> query))), items(slate));
    }

    @Test
    void a_filter_of_the_query_holds_for_every_item() {
        String language = "en";
        ItemPredicate only = ItemPredicate.newBuilder()
                .setEquals(Comparison.newBuilder()
                        .setColumn("language")
                        .setValue(Operand.newBuilder().setText(language)))
                .build();
        RecommendResponse slate = ask(funnel.request(
                query -> query.setUserId(funnel.world().userId(6)).setFilter(only)));
        assertFalse(slate.getItemsList().isEmpty());
        RecommendResponse other =
                ask(funnel.request(query -> query.setUserId(funnel.world().userId(6))
                        .setFilter(ItemPredicate.newBuilder().setNot(only))));
        assertTrue(
                items(other).stream().noneMatch(items(slate)::contains),
                "an item is both of language " + language + " and not");
    }

    @Test
    void the_context_may_say_country_language_device_and_time() {
        RecommendResponse slate =
                ask(funnel.request(query -> query.setUserId(funnel.world().userId(7))
                        .setContext(Context.newBuilder()
                                .setCountry("DE")
                                .setLanguage("de")
                                .setDevice(DeviceType.DEVICE_TYPE_TV)
                                .setTime(funnel.now()))));
        assertEquals(20, distinct(slate).size());
    }

    @Test
    void the_next_page_continues_without_a_repeat_from_the_same_version() {
        RecommendResponse first = ask(forUser(8).setPageSize(10));
        RecommendResponse second = ask(forUser(8).setPageSize(10).setPageToken(first.getNextPageToken()));
        Set<String> both = new HashSet<>(items(first));
        both.addAll(items(second));
        assertEquals(20, both.size(), first + " then " + second);
        assertEquals(11, second.getItems(0).getPlace());
        assertEquals(first.getBundle(), second.getBundle());
    }

    @Test
    void the_answer_names_the_newest_bundle_and_pipeline_and_policy_by_hash() throws IOException {
        RecommendResponse slate = ask(forUser(3));
        assertEquals("demo", slate.getBundle().getName());
        assertEquals(
                new BundleStore(funnel.bundles(), "demo").newest().orElseThrow().value(),
                slate.getBundle().getVersion());
        assertEquals(64, slate.getPipeline().getHash().length());
        assertEquals(64, slate.getPolicy().getHash().length());
    }

    private RecommendRequest.Builder forUser(int user) {
        return funnel.request(query -> query.setUserId(funnel.world().userId(user)));
    }

    private RecommendResponse ask(RecommendRequest.Builder request) {
        return funnel.gateway().recommend(request.build());
    }

    private void assertNoneOf(RecommendResponse slate, int... items) {
        for (int item : items) {
            assertFalse(items(slate).contains(funnel.world().itemId(item)), "item " + item + " is shown");
        }
    }

    private static Set<String> distinct(RecommendResponse slate) {
        return new HashSet<>(items(slate));
    }

    private static List<String> items(RecommendResponse slate) {
        return slate.getItemsList().stream().map(RecommendedItem::getItemId).toList();
    }
}
