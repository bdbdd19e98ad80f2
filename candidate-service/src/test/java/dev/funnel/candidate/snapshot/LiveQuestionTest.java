package dev.funnel.candidate.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.Calibration;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.History;
import dev.funnel.bundle.Manifest;
import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.candidate.generate.Circumstances;
import dev.funnel.candidate.generate.ColdBundle;
import dev.funnel.candidate.generate.Question;
import dev.funnel.candidate.generate.Search;
import dev.funnel.candidate.index.ShardSettings;
import dev.funnel.inference.testing.SmallTower;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.cold.Profile;
import dev.funnel.runtime.wire.QueryOrigin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items that came after the bundle, as what a question is about: seed item and history. */
class LiveQuestionTest {
    private static final int LIKE = 12;
    private static final int OTHER = 25;

    @TempDir
    private Path root;

    private final List<Served> open = new ArrayList<>();

    private Served serve(BundleVersion version, ShardSettings shards) throws Exception {
        Served served = new Served(SmallBundle.directory(root, version), shards);
        open.add(served);
        return served;
    }

    private Served cold() throws Exception {
        return serve(ColdBundle.publish(root), ShardSettings.WHOLE);
    }

    @AfterEach
    void close() {
        open.forEach(Served::close);
    }

    private static Question aboutSeed(int item) {
        return new Question(-1, History.EMPTY, 0, item);
    }

    private static Question aboutHistory(int... items) {
        return new Question(-1, history(items), items.length, -1);
    }

    private static History history(int... items) {
        byte[] kinds = new byte[items.length];
        long[] watched = new long[items.length];
        float[] weights = new float[items.length];
        Arrays.fill(kinds, (byte) 1);
        Arrays.fill(watched, -1);
        Arrays.fill(weights, 1);
        return new History(items, new long[items.length], kinds, watched, weights);
    }

    @Test
    void a_live_seed_finds_what_an_item_of_the_same_content_finds_and_says_how_it_was_placed() throws Exception {
        Served served = cold();
        int seed = served.upsert("new", served.columnsOf(LIKE), Map.of());
        Search search = served.search("content", aboutSeed(seed)).orElseThrow();
        assertEquals(QueryOrigin.SEED_ITEM, search.origin());
        assertEquals("like the seed item, live, placed by content", search.note());
        assertEquals(served.scores("content", aboutSeed(LIKE)), served.scores("content", aboutSeed(seed)));
        assertNotEquals(served.scores("content", aboutSeed(OTHER)), served.scores("content", aboutSeed(seed)));
        assertEquals(1, search.score(seed), 1e-5f);
        Search factors = served.search("als", aboutSeed(seed)).orElseThrow();
        assertEquals("similar to the seed item, live, placed by uploader average", factors.note());
        assertEquals(1, factors.score(seed), 1e-5f);
    }

    @Test
    void a_live_seed_with_a_vector_of_its_own_lies_there_and_moves_with_the_next_one() throws Exception {
        Served served = cold();
        int seed = served.upsert("new", Map.of(), served.vectorOf(LIKE));
        assertEquals(served.scores("als", aboutSeed(LIKE)), served.scores("als", aboutSeed(seed)));
        assertTrue(Arrays.stream(served.best("als", aboutSeed(seed)).items()).anyMatch(item -> item == LIKE));
        served.upsert("new", Map.of(), served.vectorOf(OTHER));
        assertEquals(served.scores("als", aboutSeed(OTHER)), served.scores("als", aboutSeed(seed)));
    }

    @Test
    void a_stored_seed_whose_vector_was_replaced_lies_where_the_new_one_says() throws Exception {
        Served served = cold();
        served.upsert(SmallBundle.item(LIKE), Map.of(), served.vectorOf(OTHER));
        List<Float> scores = served.scores("als", aboutSeed(LIKE));
        assertEquals(1, scores.get(LIKE), 1e-5f);
        assertEquals(1, scores.get(OTHER), 1e-5f);
    }

    @Test
    void a_removed_seed_and_one_of_which_nothing_is_known_are_nothing_to_go_on() throws Exception {
        Served served = cold();
        int seed = served.upsert("new", served.columnsOf(LIKE), Map.of());
        served.remove("new");
        int blank = served.upsert("blank", Map.of(), Map.of());
        for (String generator : List.of("als", "content", "covisit")) {
            assertTrue(served.search(generator, aboutSeed(seed)).isEmpty(), generator);
            assertTrue(served.search(generator, aboutSeed(blank)).isEmpty(), generator);
        }
    }

    @Test
    void a_history_counts_its_live_items_with_their_vectors_and_passes_over_those_without() throws Exception {
        Served served = cold();
        int item = served.upsert("new", served.columnsOf(LIKE), served.vectorOf(LIKE));
        int blank = served.upsert("blank", Map.of(), Map.of());
        for (String generator : List.of("als", "content")) {
            assertEquals(
                    served.scores(generator, aboutHistory(LIKE, 3)),
                    served.scores(generator, aboutHistory(item, blank, 3)),
                    generator);
        }
        assertEquals(
                "folded in from 2 interactions",
                served.search("als", aboutHistory(item, blank, 3)).orElseThrow().note());
        assertEquals(served.scores("covisit", aboutHistory(3)), served.scores("covisit", aboutHistory(item, blank, 3)));
    }

    @Test
    void what_a_history_was_folded_into_is_not_remembered_when_a_live_item_moves() throws Exception {
        Served served = cold();
        int item = served.upsert("new", Map.of(), served.vectorOf(LIKE));
        assertEquals(served.scores("als", aboutHistory(LIKE)), served.scores("als", aboutHistory(item)));
        served.upsert("new", Map.of(), served.vectorOf(OTHER));
        assertEquals(served.scores("als", aboutHistory(OTHER)), served.scores("als", aboutHistory(item)));
    }

    @Test
    void a_live_item_begun_and_not_finished_is_continued() throws Exception {
        Served served = cold();
        int item = served.upsert("new", Map.of("duration_seconds", new ColumnValue.Number(100)), Map.of());
        long now = SmallBundle.NOW.toEpochMilli();
        History begun = new History(
                new int[] {item}, new long[] {now - 1_000}, new byte[] {1}, new long[] {50_000}, new float[] {1});
        Circumstances circumstances = new Circumstances(Profile.UNKNOWN, "", "", now, Set.of());
        Hits hits = served.best("continue", new Question(-1, begun, 1, -1, circumstances));
        assertEquals(List.of(item), Arrays.stream(hits.items()).boxed().toList());
        assertTrue(hits.scores()[0] > 0);
    }

    @Test
    void towers_place_a_live_seed_and_read_a_history_with_live_items() throws Exception {
        Served served = serve(publishTowers(), ShardSettings.WHOLE);
        int item = served.upsert("new", served.columnsOf(LIKE), Map.of());
        Search search = served.search(SmallTower.NAME, aboutSeed(item)).orElseThrow();
        assertEquals("similar to the seed item, live, placed by item tower", search.note());
        assertEquals(1, search.score(item), 1e-5f);
        Search person = served.search(SmallTower.NAME, aboutHistory(item, 3)).orElseThrow();
        assertEquals(QueryOrigin.QUERY_TOWER, person.origin());
        assertEquals("computed from 2 interactions and 0 profile values", person.note());
        assertNotEquals(
                served.scores(SmallTower.NAME, aboutHistory(LIKE, 3)),
                served.scores(SmallTower.NAME, aboutHistory(item, 3)));
    }

    @Test
    void an_item_tower_places_a_stored_item_anew_and_what_it_learnt_of_the_item_stays() throws Exception {
        Served served = serve(publishTowers(), ShardSettings.WHOLE);
        Map<String, ColumnValue> german = Map.of("language", new ColumnValue.Text("de"));
        List<Float> before = served.scores(SmallTower.NAME, aboutSeed(OTHER));
        served.upsert(SmallBundle.item(LIKE), german, Map.of());
        List<Float> moved = served.scores(SmallTower.NAME, aboutSeed(OTHER));
        assertNotEquals(before.get(LIKE), moved.get(LIKE), 1e-4f);
        int fresh = served.upsert("fresh", german, Map.of());
        assertNotEquals(
                served.scores(SmallTower.NAME, aboutSeed(fresh)), served.scores(SmallTower.NAME, aboutSeed(LIKE)));
        served.upsert(SmallBundle.item(LIKE), Map.of("language", new ColumnValue.Text("en")), Map.of());
        assertEquals(before, served.scores(SmallTower.NAME, aboutSeed(OTHER)), "as in the bundle");
    }

    @Test
    void a_tower_of_people_reads_the_columns_that_items_of_a_history_have_now() throws Exception {
        Served served = serve(publishTowers(), ShardSettings.WHOLE);
        List<Float> before = served.scores(SmallTower.NAME, aboutHistory(LIKE));
        served.upsert(SmallBundle.item(LIKE), Map.of("language", new ColumnValue.Text("de")), Map.of());
        assertNotEquals(
                before.get(OTHER),
                served.scores(SmallTower.NAME, aboutHistory(LIKE)).get(OTHER),
                1e-4f);
    }

    private BundleVersion publishTowers() throws Exception {
        try (BundleStore.Draft draft = SmallBundle.store(root).draft()) {
            Manifest.Draft contents = SmallBundle.fill(draft, SmallBundle.SEED);
            SmallTower.write(draft);
            GeneratorEntry entry = new GeneratorEntry(
                    SmallTower.NAME,
                    "tower",
                    "generators/" + SmallTower.NAME + ".safetensors",
                    "dot",
                    SmallTower.DIMENSIONS,
                    20,
                    new Calibration(0, 0),
                    null,
                    Map.of());
            return draft.publish(new Manifest.Draft(
                    contents.trainedUntil(), 0, List.of(entry), null, List.of(), contents.metrics()));
        }
    }

    @Test
    void a_process_that_does_not_search_a_live_item_can_be_asked_about_it_and_does_not_find_it() throws Exception {
        BundleVersion version = SmallBundle.publishSharded(root, 4);
        List<Served> parts = List.of(serve(version, new ShardSettings(0, 2)), serve(version, new ShardSettings(1, 2)));
        int found = 0;
        for (Served part : parts) {
            int item = part.upsert("new", Map.of(), part.vectorOf(LIKE));
            assertEquals(part.scores("als", aboutSeed(LIKE)), part.scores("als", aboutSeed(item)));
            assertEquals(part.scores("als", aboutHistory(LIKE)), part.scores("als", aboutHistory(item)));
            Hits hits = part.best("als", aboutSeed(item));
            assertFalse(hits.size() == 0);
            found += (int)
                    Arrays.stream(hits.items()).filter(each -> each == item).count();
        }
        assertEquals(1, found);
    }
}
