package dev.funnel.runtime.user;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.SearchTokens;
import dev.funnel.bundle.TableWriter;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.UserTable;
import dev.funnel.runtime.wire.Context;
import dev.funnel.runtime.wire.DeviceType;
import dev.funnel.runtime.wire.FeatureValue;
import dev.funnel.runtime.wire.InteractionKind;
import dev.funnel.runtime.wire.Interactions;
import dev.funnel.runtime.wire.Query;
import dev.funnel.runtime.wire.UserState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users of two tables: items {@code i0, i1, ...}, and one user, {@code ann}, whose history each test writes. */
class UserStatesTest {
    private static final int ITEMS = 15_000;
    private static final long NOW = Instant.parse("2026-01-31T00:00:00Z").toEpochMilli();
    private static final byte WATCH = (byte) InteractionKind.WATCH.number();

    @TempDir
    Path folder;

    private final List<TensorFile> opened = new ArrayList<>();
    private ItemTable items;
    private History held = History.EMPTY;

    /** Tokens of ann's searches that the bundle holds. */
    private List<String> searched = List.of();

    /** What the caller says, newest first. */
    private final List<Deed> recent = new ArrayList<>();

    private record Deed(String item, InteractionKind kind, long timeMs, String text) {
        Deed(String item, InteractionKind kind, long timeMs) {
            this(item, kind, timeMs, "");
        }

        static Deed search(String text) {
            return new Deed("", InteractionKind.SEARCH, 0, text);
        }
    }

    @BeforeEach
    void writeItems() throws Exception {
        Path path = folder.resolve("items.safetensors");
        new TableWriter(path, IntStream.range(0, ITEMS).mapToObj(i -> "i" + i).toArray(String[]::new)).write();
        items = ItemTable.load(open(path));
    }

    @AfterEach
    void close() throws Exception {
        for (TensorFile file : opened) {
            file.close();
        }
    }

    @Test
    void a_new_visitor_has_nothing() throws Exception {
        JoinedUser user = join("");
        assertEquals(
                UserState.NEW_VISITOR.recent().itemIds(), user.state().recent().itemIds());
        assertFalse(user.state().known());
        assertEquals(0, user.watched().length);
    }

    @Test
    void a_known_user_without_news_has_the_bundles_history_and_nothing_fresh() throws Exception {
        held = watches(5, 3, 1);
        UserState state = join("ann").state();
        assertTrue(state.known());
        assertEquals(List.of("i5", "i3", "i1"), state.recent().itemIds());
        assertEquals(0, state.freshCount());
        assertEquals(new FeatureValue.Text("de"), state.profile().get("language"));
        assertEquals(new FeatureValue.Number(41), state.profile().get("age"));
        assertFalse(state.profile().containsKey("country"), "it is missing");
    }

    @Test
    void news_come_before_the_bundles_history_and_are_counted_as_fresh() throws Exception {
        held = watches(5, 3);
        recent.add(new Deed("i9", InteractionKind.WATCH, 0));
        recent.add(new Deed("i8", InteractionKind.LIKE, NOW - 10));
        UserState state = join("ann").state();
        assertEquals(List.of("i9", "i8", "i5", "i3"), state.recent().itemIds());
        assertEquals(2, state.freshCount());
        assertEquals(NOW, state.recent().timesMs()[0], "what happened just now carries the time of the query");
    }

    @Test
    void news_older_than_the_bundles_newest_stand_where_their_time_puts_them() throws Exception {
        held = new History(
                new int[] {5, 3},
                new long[] {NOW - 1_000, NOW - 9_000},
                new byte[] {WATCH, WATCH},
                new long[] {-1, -1},
                new float[] {1, 1});
        recent.add(new Deed("i9", InteractionKind.WATCH, NOW - 5_000));
        UserState state = join("ann").state();
        assertEquals(List.of("i5", "i9", "i3"), state.recent().itemIds());
        assertEquals(2, state.freshCount(), "the prefix that holds all that is fresh");
    }

    @Test
    void what_the_bundle_holds_already_is_no_news() throws Exception {
        held = new History(
                new int[] {5, 3},
                new long[] {NOW - 1_000, 0},
                new byte[] {WATCH, WATCH},
                new long[] {-1, -1},
                new float[] {1, 1});
        recent.add(new Deed("i3", InteractionKind.WATCH, 0));
        recent.add(new Deed("i5", InteractionKind.WATCH, NOW - 700));
        UserState state = join("ann").state();
        assertEquals(List.of("i5", "i3"), state.recent().itemIds());
        assertEquals(0, state.freshCount(), "the same second");
    }

    @Test
    void watching_again_later_is_news() throws Exception {
        held = new History(
                new int[] {5}, new long[] {NOW - 90_000}, new byte[] {WATCH}, new long[] {-1}, new float[] {1});
        recent.add(new Deed("i5", InteractionKind.WATCH, NOW - 20_000));
        assertEquals(1, join("ann").state().freshCount());
    }

    @Test
    void unknown_items_are_ignored_and_counted_and_searches_are_neither() throws Exception {
        recent.add(new Deed("nothing", InteractionKind.WATCH, 0));
        recent.add(new Deed("", InteractionKind.SEARCH, 0));
        recent.add(new Deed("i1", InteractionKind.WATCH, 0));
        JoinedUser user = join("bob");
        assertEquals(1, user.ignored());
        assertEquals(List.of("i1"), user.state().recent().itemIds());
        assertFalse(user.state().known());
        assertEquals("bob", user.state().userId());
    }

    @Test
    void searches_become_a_bag_of_words_and_pairs_the_latest_first_before_those_of_the_bundle() throws Exception {
        searched = List.of("cats", "old", "cats old");
        recent.add(Deed.search("Funny Dogs!"));
        recent.add(Deed.search("jazz"));
        assertEquals(
                new FeatureValue.Texts(List.of("funny", "dogs", "funny dogs", "jazz", "cats", "old", "cats old")),
                join("ann").state().profile().get(SearchTokens.COLUMN));
    }

    @Test
    void someone_the_bundle_does_not_know_has_searched_all_the_same() throws Exception {
        recent.add(Deed.search("jazz"));
        assertEquals(
                Map.of(SearchTokens.COLUMN, new FeatureValue.Texts(List.of("jazz"))),
                join("bob").state().profile());
    }

    @Test
    void a_search_that_the_bundle_holds_is_not_counted_twice_and_the_bag_has_a_bound() throws Exception {
        searched = List.of("cats", "old", "cats old", "x");
        recent.add(Deed.search("cats old"));
        IntStream.range(1, 60).forEach(number -> recent.add(Deed.search("word" + number)));
        FeatureValue.Texts bag = (FeatureValue.Texts)
                Objects.requireNonNull(join("ann").state().profile().get(SearchTokens.COLUMN));
        assertEquals(SearchTokens.MOST, bag.values().size());
        assertEquals("word1", bag.values().getFirst());
    }

    @Test
    void the_text_of_what_is_no_search_is_not_read() throws Exception {
        recent.add(new Deed("i1", InteractionKind.WATCH, 0, "jazz"));
        assertFalse(join("bob").state().profile().containsKey(SearchTokens.COLUMN));
    }

    @Test
    void dislikes_and_items_shown_in_vain_are_kept_apart_from_what_speaks_for_items() throws Exception {
        held = new History(
                new int[] {5, 6, 7},
                new long[3],
                new byte[] {(byte) InteractionKind.DISLIKE.number(), (byte) InteractionKind.IMPRESSION.number(), WATCH},
                new long[] {-1, -1, -1},
                new float[] {-1, 1, 1});
        recent.add(new Deed("i6", InteractionKind.IMPRESSION, 0));
        recent.add(new Deed("i8", InteractionKind.DISLIKE, 0));
        JoinedUser user = join("ann");
        assertEquals(List.of("i7"), user.state().recent().itemIds());
        assertEquals(0, user.state().freshCount(), "a dislike changes no vector");
        assertEquals(List.of("i5", "i8"), user.state().dislikedItemIds());
        assertArrayEquals(new int[] {5, 8}, user.disliked());
        assertEquals(List.of("i6"), user.state().unclicked().itemIds());
        assertArrayEquals(new int[] {7}, user.watched());
    }

    @Test
    void a_click_alone_is_recent_but_not_watched() throws Exception {
        recent.add(new Deed("i1", InteractionKind.CLICK, 0));
        recent.add(new Deed("i2", InteractionKind.PURCHASE, 0));
        JoinedUser user = join("");
        assertEquals(List.of("i1", "i2"), user.state().recent().itemIds());
        assertArrayEquals(new int[] {2}, user.watched());
    }

    @Test
    void beyond_a_thousand_interactions_the_rest_is_older_and_bounded_and_the_door_knows_all() throws Exception {
        held = watches(IntStream.range(0, 14_000).toArray());
        recent.add(new Deed("i14999", InteractionKind.WATCH, 0));
        JoinedUser user = join("ann");
        assertEquals(1_000, user.state().recent().size());
        assertEquals("i14999", user.state().recent().itemIds().getFirst());
        assertEquals(10_000, user.state().olderWatchedItemIds().size());
        assertEquals(14_001, user.watched().length);
        HashSet<String> both = new HashSet<>(user.state().recent().itemIds());
        both.retainAll(user.state().olderWatchedItemIds());
        assertEquals(0, both.size(), "older is older");
    }

    @Test
    void whom_the_users_row_says_they_follow_or_block_is_told_to_the_stages() throws Exception {
        UserState state = join("ann").state();
        assertEquals(List.of("up", "down"), state.followedUploaders());
        assertEquals(List.of("gore"), state.blockedCategories());
        assertEquals(List.of(), state.blockedUploaders(), "no such column");
    }

    private JoinedUser join(String userId) throws Exception {
        Path path = folder.resolve("users.safetensors");
        new TableWriter(path, new String[] {"ann"})
                .category("country", new String[] {""})
                .category("language", new String[] {"de"})
                .number("age", new float[] {41})
                .categoryList("followed_uploaders", List.of(List.of("up", "down")))
                .categoryList("blocked_categories", List.of(List.of("gore")))
                .categoryList(SearchTokens.COLUMN, List.of(searched))
                .histories(List.of(held))
                .write();
        return UserStates.join(items, UserTable.load(open(path), ITEMS), query(userId));
    }

    private Query query(String userId) {
        int size = recent.size();
        byte[] kinds = new byte[size];
        long[] times = new long[size];
        for (int i = 0; i < size; i++) {
            kinds[i] = (byte) recent.get(i).kind().number();
            times[i] = recent.get(i).timeMs();
        }
        long[] watched = new long[size];
        Arrays.fill(watched, -1);
        float[] weights = new float[size];
        Arrays.fill(weights, 1);
        Interactions said = new Interactions(
                recent.stream().map(Deed::item).toList(),
                kinds,
                times,
                watched,
                weights,
                recent.stream().map(Deed::text).toList());
        Context context = new Context("", "", DeviceType.UNKNOWN, Instant.ofEpochMilli(NOW), Map.of());
        return new Query(userId, said, "", context, List.of(), null);
    }

    private static History watches(int... watched) {
        int size = watched.length;
        byte[] kinds = new byte[size];
        Arrays.fill(kinds, WATCH);
        long[] unknown = new long[size];
        Arrays.fill(unknown, -1);
        float[] weights = new float[size];
        Arrays.fill(weights, 1);
        return new History(watched, new long[size], kinds, unknown, weights);
    }

    private TensorFile open(Path path) throws IOException, BundleRefusedException {
        TensorFile file = TensorFile.open(path);
        opened.add(file);
        return file;
    }
}
