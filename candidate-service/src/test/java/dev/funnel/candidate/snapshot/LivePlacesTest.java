package dev.funnel.candidate.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.candidate.generate.Circumstances;
import dev.funnel.candidate.generate.ColdBundle;
import dev.funnel.candidate.generate.Question;
import dev.funnel.candidate.generate.Search;
import dev.funnel.candidate.index.ShardSettings;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.cold.Profile;
import dev.funnel.runtime.wire.ItemOrigin;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where items of the bundle lie once their columns have changed: elsewhere for what is made of columns, where they were for what is not.
 */
class LivePlacesTest {
    private static final int LIKE = 12;
    private static final int OTHER = 25;
    private static final long NOW = SmallBundle.NOW.toEpochMilli();
    private static final long DAY = 86_400_000;

    @TempDir
    private Path root;

    private Served served;

    @BeforeEach
    void open() throws Exception {
        served = new Served(SmallBundle.directory(root, ColdBundle.publish(root)), ShardSettings.WHOLE);
    }

    @AfterEach
    void close() {
        served.close();
    }

    private static Question aboutSeed(int item) {
        return new Question(-1, History.EMPTY, 0, item);
    }

    private static Question follower(String... uploaders) {
        return new Question(
                -1, History.EMPTY, 0, -1, new Circumstances(Profile.UNKNOWN, "", "", NOW, Set.of(uploaders)));
    }

    private static Map<String, ColumnValue> publishedAt(long millis) {
        return Map.of("published_at", new ColumnValue.Time(millis));
    }

    private static Map<String, ColumnValue> uploader(String uploader) {
        return Map.of("uploader", new ColumnValue.Text(uploader));
    }

    @Test
    void a_stored_item_given_the_content_of_another_lies_where_that_one_does_and_is_found_once() {
        float before = served.scores("content", aboutSeed(LIKE)).get(OTHER);
        served.upsert(SmallBundle.item(OTHER), served.columnsOf(LIKE), Map.of());
        Search search = served.search("content", aboutSeed(LIKE)).orElseThrow();
        assertTrue(before < .9, "it lay elsewhere: " + before);
        assertEquals(1, search.score(OTHER), 1e-5f);
        assertEquals(ItemOrigin.CONTENT, search.itemOrigin(OTHER));
        assertEquals(1, Collections.frequency(found("content", aboutSeed(LIKE)), SmallBundle.item(OTHER)));
        assertEquals(served.scores("content", aboutSeed(LIKE)), served.scores("content", aboutSeed(OTHER)));
    }

    @Test
    void what_no_vector_is_made_of_moves_nothing_and_what_is_changed_back_lies_where_the_bundle_has_it() {
        served.upsert(SmallBundle.item(LIKE), Map.of("title", new ColumnValue.Text("Another")), Map.of());
        assertEquals("like the seed item", noteOf("content", LIKE));
        served.upsert(SmallBundle.item(LIKE), served.columnsOf(OTHER), Map.of());
        assertEquals("like the seed item, live, placed by content", noteOf("content", LIKE));
        served.upsert(SmallBundle.item(LIKE), served.columnsOf(LIKE), Map.of());
        assertEquals("like the seed item", noteOf("content", LIKE));
    }

    @Test
    void of_factors_only_what_was_placed_by_its_columns_moves_with_them() {
        List<Float> trained = served.scores("als", aboutSeed(LIKE));
        served.upsert(SmallBundle.item(LIKE), served.columnsOf(OTHER), Map.of());
        assertEquals("similar to the seed item", noteOf("als", LIKE));
        assertEquals(trained, served.scores("als", aboutSeed(LIKE)));

        int fresh = served.upsert("fresh", uploader("uploader-4"), Map.of());
        served.upsert(SmallBundle.item(ColdBundle.OF_UPLOADER), uploader("uploader-4"), Map.of());
        assertEquals(
                "similar to the seed item, live, placed by uploader average", noteOf("als", ColdBundle.OF_UPLOADER));
        assertEquals(served.scores("als", aboutSeed(fresh)), served.scores("als", aboutSeed(ColdBundle.OF_UPLOADER)));
    }

    @Test
    void an_item_that_was_removed_and_comes_back_has_its_trained_vector_and_the_content_of_what_it_is_given_then() {
        List<Float> trained = served.scores("als", aboutSeed(LIKE));
        served.remove(SmallBundle.item(LIKE));
        served.upsert(SmallBundle.item(LIKE), Map.of("language", new ColumnValue.Text("de")), Map.of());
        assertEquals(trained, served.scores("als", aboutSeed(LIKE)));
        int fresh = served.upsert("fresh", Map.of("language", new ColumnValue.Text("de")), Map.of());
        assertEquals(served.scores("content", aboutSeed(fresh)), served.scores("content", aboutSeed(LIKE)));

        served.remove(SmallBundle.item(LIKE));
        served.upsert(SmallBundle.item(LIKE), Map.of(), Map.of());
        assertTrue(served.search("content", aboutSeed(LIKE)).isEmpty(), "nothing says what it is like");
        assertEquals(0, served.search("content", aboutSeed(OTHER)).orElseThrow().score(LIKE));
        assertTrue(found("followed", follower("uploader-" + LIKE % 7)).size() > 1);
        assertFalse(found("followed", follower("uploader-" + LIKE % 7)).contains(SmallBundle.item(LIKE)));
    }

    @Test
    void a_vector_that_was_given_stays_whatever_columns_and_watchers_say() throws Exception {
        served.upsert(SmallBundle.item(ColdBundle.OF_UPLOADER), Map.of(), served.vectorOf(LIKE));
        served.watched(SmallBundle.item(ColdBundle.OF_UPLOADER), uploader("uploader-4"), SmallBundle.user(3));
        assertEquals(served.scores("als", aboutSeed(LIKE)), served.scores("als", aboutSeed(ColdBundle.OF_UPLOADER)));
    }

    @Test
    void a_stored_item_published_anew_stands_among_the_newest_where_its_new_time_says() {
        Question anybody = new Question(-1, History.EMPTY, 0, -1);
        String newest = SmallBundle.item(SmallBundle.ITEMS - 1);
        assertEquals(newest, found("newest", anybody).getFirst());
        served.upsert(newest, publishedAt(NOW - 10 * DAY - 1), Map.of());
        served.upsert(SmallBundle.item(LIKE), publishedAt(NOW), Map.of());
        List<String> found = found("newest", anybody);
        assertEquals(List.of(SmallBundle.item(LIKE), SmallBundle.item(SmallBundle.ITEMS - 2)), found.subList(0, 2));
        assertEquals(1, Collections.frequency(found, newest));
        Search search = served.search("newest", anybody).orElseThrow();
        assertEquals(0, search.best(2, ItemTest.ALL, SearchLimit.none()).filtered(), "no rule turned any away");
        assertEquals(1, search.best(2, item -> item != LIKE, SearchLimit.none()).filtered());
        assertEquals(
                ItemOrigin.COLUMN,
                served.search("newest", anybody).orElseThrow().itemOrigin(LIKE));

        served.upsert(newest, publishedAt(NOW - DAY), Map.of());
        assertEquals(
                List.of(SmallBundle.item(LIKE), newest),
                found("newest", anybody).subList(0, 2),
                "as it was");
        assertEquals(
                ItemOrigin.TRAINED,
                served.search("newest", anybody).orElseThrow().itemOrigin(SmallBundle.ITEMS - 1));
    }

    @Test
    void a_stored_item_of_another_uploader_now_is_found_by_who_follows_that_one_and_by_nobody_else() {
        String moved = SmallBundle.item(LIKE);
        assertTrue(found("followed", follower("uploader-5")).contains(moved), "12 is 5 modulo 7");
        served.upsert(moved, uploader("mine"), Map.of());
        assertEquals(List.of(moved), found("followed", follower("mine")));
        assertFalse(found("followed", follower("uploader-5")).contains(moved));
        served.upsert(moved, publishedAt(NOW + DAY), Map.of());
        assertEquals(List.of(), found("followed", follower("mine")), "it is not published yet");
        served.upsert(moved, publishedAt(NOW - 1), Map.of());
        assertEquals(
                1 / (1 + 1.0 / DAY),
                served.search("followed", follower("mine")).orElseThrow().score(LIKE),
                1e-6);
    }

    private List<String> found(String generator, Question question) {
        return Arrays.stream(served.best(generator, question).items())
                .mapToObj(served.snapshot.items()::id)
                .toList();
    }

    private String noteOf(String generator, int seed) {
        return served.search(generator, aboutSeed(seed)).orElseThrow().note();
    }
}
