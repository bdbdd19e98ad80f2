package dev.funnel.runtime.wire;

import static dev.funnel.proto.common.v1.InteractionKind.INTERACTION_KIND_SEARCH;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.funnel.proto.common.v1.Candidates;
import dev.funnel.proto.common.v1.FeatureValue;
import dev.funnel.proto.common.v1.ImpressionCounts;
import dev.funnel.proto.common.v1.Interaction;
import dev.funnel.proto.common.v1.InteractionColumns;
import dev.funnel.proto.common.v1.Nomination;
import dev.funnel.proto.common.v1.Query;
import dev.funnel.proto.common.v1.UserState;
import dev.funnel.runtime.error.CallerError;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FromWireTest {
    private static final String LONG_ID = "x".repeat(129);

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "item-" + i).toList();
    }

    private static CallerError refusal(Runnable reading) {
        return assertThrows(CallerError.class, reading::run);
    }

    private static void assertQueryRefused(String field, String rule, Query.Builder query) {
        CallerError refusal = refusal(() -> FromWire.query("query", query.build()));
        assertEquals(field, refusal.field());
        assertEquals(rule, refusal.rule());
    }

    private static void assertUserRefused(String field, String rule, UserState.Builder user) {
        CallerError refusal = refusal(() -> FromWire.userState("user", user.build()));
        assertEquals(field, refusal.field());
        assertEquals(rule, refusal.rule());
    }

    private static void assertPoolRefused(String field, String rule, Candidates.Builder pool) {
        CallerError refusal = refusal(() -> CandidatesFromWire.candidates("candidates", pool.build()));
        assertEquals(field, refusal.field());
        assertEquals(rule, refusal.rule());
    }

    @Test
    void an_id_of_128_bytes_is_taken_and_one_byte_more_is_refused() {
        String umlauts = "ü".repeat(64);
        assertEquals(
                umlauts,
                FromWire.query("query", Query.newBuilder().setUserId(umlauts).build())
                        .userId());
        assertQueryRefused(
                "query.user_id", "must be at most 128 bytes", Query.newBuilder().setUserId(umlauts + "x"));
    }

    @Test
    void an_id_of_a_megabyte_is_refused_without_repeating_it() {
        CallerError refusal = refusal(() -> FromWire.query(
                "query", Query.newBuilder().setSeedItemId("y".repeat(1 << 20)).build()));
        assertEquals("query.seed_item_id", refusal.field());
        assertTrue(refusal.toString().length() < 200, refusal::toString);
        assertTrue(refusal.value().contains("1048576 characters"), refusal::value);
    }

    @Test
    void a_value_that_would_forge_a_log_line_is_made_printable() {
        assertEquals("\"a?b\"", new CallerError("f", "a\nb", "r").value());
    }

    @Test
    void lists_of_a_query_are_bounded() {
        FromWire.query(
                "query", Query.newBuilder().addAllExcludeItemIds(ids(10_000)).build());
        assertQueryRefused(
                "query.exclude_item_ids",
                "must be at most 10000 entries",
                Query.newBuilder().addAllExcludeItemIds(ids(10_001)));
        Query.Builder talkative = Query.newBuilder();
        ids(1_001).forEach(id -> talkative.addRecentBuilder().setItemId(id));
        assertQueryRefused("query.recent", "must be at most 1000 entries", talkative);
    }

    @Test
    void an_entry_of_a_list_is_named_by_its_position() {
        assertQueryRefused(
                "query.exclude_item_ids[1]",
                "must be at most 128 bytes",
                Query.newBuilder().addExcludeItemIds("a").addExcludeItemIds(LONG_ID));
        assertQueryRefused(
                "query.exclude_item_ids[0]",
                "must not be empty",
                Query.newBuilder().addExcludeItemIds(""));
    }

    @Test
    void interactions_of_a_caller_are_checked_one_by_one() {
        assertQueryRefused(
                "query.recent[0].item_id",
                "must not be empty",
                Query.newBuilder().addRecent(Interaction.getDefaultInstance()));
        assertQueryRefused(
                "query.recent[0].weight",
                "must be in (0, 1000]",
                Query.newBuilder()
                        .addRecent(Interaction.newBuilder().setItemId("a").setWeight(Float.NaN)));
        assertQueryRefused(
                "query.recent[0].weight",
                "must be in (0, 1000]",
                Query.newBuilder()
                        .addRecent(Interaction.newBuilder().setItemId("a").setWeight(-1)));
        assertQueryRefused(
                "query.recent[0].watched",
                "must not be negative",
                Query.newBuilder()
                        .addRecent(Interaction.newBuilder()
                                .setItemId("a")
                                .setWatched(Duration.newBuilder().setSeconds(-1))));
        assertQueryRefused(
                "query.recent[0].time",
                "must be between the years 1 and 9999",
                Query.newBuilder()
                        .addRecent(Interaction.newBuilder()
                                .setItemId("a")
                                .setTime(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))));
        assertQueryRefused(
                "query.recent[0].query_text",
                "must be at most 1024 bytes",
                Query.newBuilder()
                        .addRecent(Interaction.newBuilder().setItemId("a").setQueryText("q".repeat(1_025))));
    }

    @Test
    void what_an_interaction_leaves_out_is_filled_in() {
        Interactions recent = FromWire.query(
                        "query",
                        Query.newBuilder()
                                .addRecent(
                                        Interaction.newBuilder().setItemId("a").setKindValue(77))
                                .addRecent(Interaction.newBuilder().setKind(INTERACTION_KIND_SEARCH))
                                .build())
                .recent();
        assertEquals(List.of("a", ""), recent.itemIds());
        assertEquals(InteractionKind.WATCH, recent.kind(0));
        assertEquals(InteractionKind.SEARCH, recent.kind(1));
        assertArrayEquals(new long[] {-1, -1}, recent.watchedMs());
        assertArrayEquals(new float[] {1, 1}, recent.weights());
        assertArrayEquals(new long[] {0, 0}, recent.timesMs());
    }

    @Test
    void a_stage_needs_the_time_and_does_not_read_recent() {
        CallerError refusal = refusal(() -> FromWire.stampedQuery("query", Query.getDefaultInstance()));
        assertEquals("query.context.time", refusal.field());
        Query.Builder stamped = Query.newBuilder();
        stamped.getContextBuilder().setTime(Timestamp.newBuilder().setSeconds(1));
        stamped.addRecentBuilder().setItemId("a");
        assertEquals(0, FromWire.stampedQuery("query", stamped.build()).recent().size());
    }

    @Test
    void features_are_bounded_and_finite() {
        Query.Builder infinite = Query.newBuilder();
        infinite.getContextBuilder()
                .putExtra(
                        "hour",
                        FeatureValue.newBuilder()
                                .setNumber(Double.POSITIVE_INFINITY)
                                .build());
        assertQueryRefused("query.context.extra[\"hour\"].number", "must be finite", infinite);
        Query.Builder many = Query.newBuilder();
        ids(65).forEach(name -> many.getContextBuilder().putExtra(name, FeatureValue.getDefaultInstance()));
        assertQueryRefused("query.context.extra", "must be at most 64 entries", many);
        Query.Builder bag = Query.newBuilder();
        FeatureValue.Builder texts = FeatureValue.newBuilder();
        texts.getTextsBuilder().addAllValues(ids(257));
        bag.getContextBuilder().putExtra("bag", texts.build());
        assertQueryRefused("query.context.extra[\"bag\"].texts.values", "must be at most 256 entries", bag);
    }

    @Test
    void an_unknown_device_is_no_error() {
        Query.Builder query = Query.newBuilder();
        query.getContextBuilder().setDeviceValue(99);
        assertEquals(
                DeviceType.UNKNOWN,
                FromWire.query("query", query.build()).context().device());
    }

    @Test
    void parallel_columns_must_be_equally_long() {
        InteractionColumns.Builder columns =
                InteractionColumns.newBuilder().addItemIds("a").addItemIds("b").addWatchedMs(5);
        assertUserRefused(
                "user.recent.watched_ms",
                "must be as many as the rows they belong to: 2",
                UserState.newBuilder().setRecent(columns));
        assertUserRefused(
                "user.unclicked.counts",
                "must be as many as the rows they belong to: 1",
                UserState.newBuilder()
                        .setUnclicked(ImpressionCounts.newBuilder().addItemIds("a")));
    }

    @Test
    void lists_of_a_user_state_are_bounded() {
        assertUserRefused(
                "user.recent.item_ids",
                "must be at most 1000 entries",
                UserState.newBuilder().setRecent(InteractionColumns.newBuilder().addAllItemIds(ids(1_001))));
        assertUserRefused(
                "user.older_watched_item_ids",
                "must be at most 10000 entries",
                UserState.newBuilder().addAllOlderWatchedItemIds(ids(10_001)));
        assertUserRefused(
                "user.disliked_item_ids",
                "must be at most 10000 entries",
                UserState.newBuilder().addAllDislikedItemIds(ids(10_001)));
        assertUserRefused(
                "user.blocked_uploaders",
                "must be at most 1000 entries",
                UserState.newBuilder().addAllBlockedUploaders(ids(1_001)));
        assertUserRefused(
                "user.blocked_categories",
                "must be at most 1000 entries",
                UserState.newBuilder().addAllBlockedCategories(ids(1_001)));
        assertUserRefused(
                "user.unclicked.item_ids",
                "must be at most 1000 entries",
                UserState.newBuilder()
                        .setUnclicked(ImpressionCounts.newBuilder().addAllItemIds(ids(1_001))));
    }

    @Test
    void more_fresh_interactions_than_interactions_are_refused() {
        assertUserRefused(
                "user.fresh_count", "must be at most 0", UserState.newBuilder().setFreshCount(1));
        CallerError refusal = refusal(() -> FromWire.userState(
                "user", UserState.newBuilder().setFreshCount(-1).build()));
        assertEquals("4294967295", refusal.value());
    }

    @Test
    void a_pool_is_bounded_without_repeats_and_consistent() {
        CandidatesFromWire.candidates(
                "candidates", Candidates.newBuilder().addAllItemIds(ids(10_000)).build());
        assertPoolRefused(
                "candidates.item_ids",
                "must be at most 10000 entries",
                Candidates.newBuilder().addAllItemIds(ids(10_001)));
        assertPoolRefused(
                "candidates.item_ids[2]",
                "must not stand twice",
                Candidates.newBuilder().addAllItemIds(List.of("a", "b", "a")));
        assertPoolRefused(
                "candidates.calibrated_scores",
                "must be as many as the rows they belong to: 1",
                Candidates.newBuilder().addItemIds("a").addCalibratedScores(1).addCalibratedScores(1));
    }

    @Test
    void nominations_are_checked_against_the_pool() {
        assertPoolRefused(
                "candidates.nominations[0].positions[0]",
                "must be below the number of candidates: 1",
                Candidates.newBuilder()
                        .addItemIds("a")
                        .addNominations(Nomination.newBuilder()
                                .setGenerator("als")
                                .addPositions(1)
                                .addScores(1)));
        assertPoolRefused(
                "candidates.nominations[0].scores",
                "must be as many as the rows they belong to: 1",
                Candidates.newBuilder()
                        .addItemIds("a")
                        .addNominations(
                                Nomination.newBuilder().setGenerator("als").addPositions(0)));
        assertPoolRefused(
                "candidates.nominations[0].pool_scores[0]",
                "must be finite",
                Candidates.newBuilder()
                        .addItemIds("a")
                        .addNominations(
                                Nomination.newBuilder().setGenerator("als").addPoolScores(Float.NaN)));
    }

    @Test
    void scores_that_are_not_finite_are_refused_by_their_position() {
        CallerError refusal =
                refusal(() -> CandidatesFromWire.scores("scores", List.of(1f, Float.NEGATIVE_INFINITY), 2));
        assertEquals("scores[1]", refusal.field());
        assertEquals("-Infinity", refusal.value());
    }
}
