package dev.funnel.candidate.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.Calibration;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemOverlay;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.live.Upsert;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.candidate.cache.Caches;
import dev.funnel.candidate.generate.Circumstances;
import dev.funnel.candidate.generate.FollowedUploadersKind;
import dev.funnel.candidate.generate.Generator;
import dev.funnel.candidate.generate.GeneratorKinds;
import dev.funnel.candidate.generate.GeneratorSettings;
import dev.funnel.candidate.generate.LiveGenerator;
import dev.funnel.candidate.generate.Question;
import dev.funnel.candidate.generate.Search;
import dev.funnel.candidate.generate.Serving;
import dev.funnel.candidate.generate.StoredChanges;
import dev.funnel.candidate.index.LiveVectors;
import dev.funnel.candidate.index.ServedShards;
import dev.funnel.candidate.index.ShardSettings;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.cold.Profile;
import dev.funnel.runtime.live.LiveBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveCandidatesTest {
    private static final int USER = 3;

    @TempDir
    private Path root;

    private Bundle bundle;
    private ItemOverlay overlay;
    private long position;
    private volatile CandidateSnapshot snapshot;

    @BeforeEach
    void open() throws Exception {
        bundle = Bundle.open(SmallBundle.directory(root, SmallBundle.publish(root)));
        snapshot = new CandidateSnapshotLoader(
                        List.of(), GeneratorKinds.installed(), ShardSettings.WHOLE, Caches.usual())
                .load(bundle);
        overlay = new ItemOverlay(bundle.items(), 0, 10_000);
    }

    @AfterEach
    void close() {
        snapshot.close();
        bundle.close();
    }

    @Test
    void what_is_found_is_what_an_exact_search_of_all_vectors_finds() throws Exception {
        long seed = 5;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Map<String, float[]> vectors = new HashMap<>();
        FloatMatrix trained = bundle.tensors("generators/als.safetensors").floats("item_factors");
        for (int item = 0; item < trained.rows(); item++) {
            vectors.put(SmallBundle.item(item), trained.row(item));
        }
        for (int batch = 0; batch < 60; batch++) {
            List<ItemChange> changes = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                changes.add(change(random, vectors));
            }
            publish(changes);
        }
        float[] user = bundle.tensors("generators/als.safetensors")
                .floats("user_factors")
                .row(USER);
        Search search = search("als");
        Hits hits = search.best(40, snapshot.items().standing(), SearchLimit.none());
        List<String> expected = vectors.keySet().stream()
                .sorted((one, other) ->
                        Double.compare(dot(user, required(vectors, other)), dot(user, required(vectors, one))))
                .limit(40)
                .toList();
        assertEquals(
                expected,
                Arrays.stream(hits.items()).mapToObj(snapshot.items()::id).toList());
        for (int i = 0; i < hits.size(); i++) {
            assertEquals(search.score(hits.items()[i]), hits.scores()[i]);
            assertEquals(dot(user, required(vectors, expected.get(i))), hits.scores()[i], 1e-4);
        }
        float[] scores = new float[snapshot.items().size()];
        for (int count : new int[] {SmallBundle.ITEMS, scores.length}) { // without new items, and with
            search.scores(IntStream.range(0, count).toArray(), count, scores);
            for (int item = 0; item < count; item++) {
                assertEquals(search.score(item), scores[item], "item " + item);
            }
        }
    }

    @Test
    void an_item_without_a_vector_lies_where_its_uploaders_items_do_and_its_neighbours_are_not_disturbed() {
        float before = search("als").score(7);
        publish(List.of(upsert("new", Map.of("uploader", new ColumnValue.Text("uploader-3")), Map.of())));
        int item = snapshot.items().indexOf("new");
        assertTrue(search("als").score(item) != 0, "placed");
        assertEquals(before, search("als").score(7));
        assertEquals(0, search("popular").score(item));
        publish(List.of(ItemChange.remove(++position, "new")));
        Hits hits = search("als").best(100, snapshot.items().standing(), SearchLimit.none());
        assertFalse(Arrays.stream(hits.items()).anyMatch(found -> found == item));
    }

    @Test
    void what_was_published_last_is_the_newest() {
        long now = SmallBundle.NOW.toEpochMilli();
        publish(List.of(
                upsert("now", Map.of("published_at", new ColumnValue.Time(now)), Map.of()),
                upsert("later", Map.of("published_at", new ColumnValue.Time(now + 1_000)), Map.of()),
                upsert("unknown", Map.of(), Map.of())));
        Hits hits = search("newest").best(3, snapshot.items().standing(), SearchLimit.none());
        assertEquals(
                List.of("later", "now", SmallBundle.item(SmallBundle.ITEMS - 1)),
                Arrays.stream(hits.items()).mapToObj(snapshot.items()::id).toList());
    }

    @Test
    void beside_a_list_that_does_not_say_of_when_its_newest_is_live_items_have_no_place() {
        long now = SmallBundle.NOW.toEpochMilli();
        publish(List.of(upsert("now", Map.of("published_at", new ColumnValue.Time(now)), Map.of())));
        int item = snapshot.items().indexOf("now");
        assertEquals(1.5, search("newest").score(item), 1e-6); // a day newer than the newest listed
        assertEquals(0, search("popular").score(item));
    }

    @Test
    void what_a_followed_uploader_published_since_the_bundle_is_found_once_it_is_published() {
        long now = SmallBundle.NOW.toEpochMilli();
        publish(List.of(
                upsert("fresh", uploaded("mine", now - 1_000), Map.of()),
                upsert("tomorrow", uploaded("mine", now + 1_000), Map.of()),
                upsert("other", uploaded("another", now - 1_000), Map.of())));
        FollowedUploadersKind kind = new FollowedUploadersKind();
        GeneratorEntry entry = new GeneratorEntry(
                "followed", kind.name(), "items.safetensors", null, 0, 20, new Calibration(0, 0), null, Map.of());
        Generator stored = kind.load(
                bundle,
                entry,
                GeneratorSettings.usual("followed", kind.name()),
                Serving.of(ServedShards.all(bundle.shards())));
        Circumstances follower = new Circumstances(Profile.UNKNOWN, "", "", now, Set.of("mine"));
        Hits hits = new LiveGenerator(stored, snapshot.items(), LiveVectors.NONE, LiveVectors.NONE, StoredChanges.NONE)
                .search(new Question(-1, History.EMPTY, 0, -1, follower))
                .orElseThrow()
                .best(10, snapshot.items().standing(), SearchLimit.none());
        assertEquals(
                List.of("fresh"),
                Arrays.stream(hits.items()).mapToObj(snapshot.items()::id).toList());
    }

    private static Map<String, ColumnValue> uploaded(String uploader, long timeMs) {
        return Map.of("uploader", new ColumnValue.Text(uploader), "published_at", new ColumnValue.Time(timeMs));
    }

    @Test
    void a_question_about_items_that_the_bundle_does_not_hold_is_put_without_them() {
        publish(List.of(upsert("new", Map.of(), Map.of())));
        int item = snapshot.items().indexOf("new");
        History history = new History(
                new int[] {item, 4}, new long[2], new byte[] {1, 1}, new long[] {-1, -1}, new float[] {1, 1});
        Question with = new Question(-1, history, 2, item);
        History alone = new History(new int[] {4}, new long[1], new byte[] {1}, new long[] {-1}, new float[] {1});
        Question without = new Question(-1, alone, 1, -1);
        for (String name : List.of("als", "covisit")) {
            assertEquals(found(name, without), found(name, with), name);
        }
    }

    @Test
    void searches_while_items_change_find_every_item_that_is_there_once_and_none_that_is_removed() throws Exception {
        float[] user = bundle.tensors("generators/als.safetensors")
                .floats("user_factors")
                .row(USER);
        try (ExecutorService readers = Executors.newFixedThreadPool(2)) {
            publish(List.of(upsert("live-0", Map.of(), Map.of("als", new ColumnValue.Vector(scaled(user, 100))))));
            List<Future<Integer>> reading = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                reading.add(readers.submit(() -> readUntil("live-999")));
            }
            for (int at = 1; at < 1_000; at += 9) {
                List<ItemChange> changes = new ArrayList<>();
                for (int i = at; i < Math.min(at + 9, 1_000); i++) {
                    changes.add(upsert(
                            "live-" + i, Map.of(), Map.of("als", new ColumnValue.Vector(scaled(user, 100 + i)))));
                }
                changes.add(ItemChange.remove(++position, "live-" + (at - 1)));
                publish(changes);
            }
            for (Future<Integer> each : reading) {
                assertTrue(each.get() > 0);
            }
        }
    }

    /** Searches until the item is there; how often. */
    private int readUntil(String last) {
        int reads = 0;
        boolean there = false;
        while (!there) {
            CandidateSnapshot now = snapshot;
            there = now.items().indexOf(last) >= 0;
            Search search =
                    now.generator("als").orElseThrow().search(question()).orElseThrow();
            Hits hits = search.best(2_000, now.items().standing(), SearchLimit.none());
            Set<Integer> found = new HashSet<>();
            Arrays.stream(hits.items()).forEach(item -> assertTrue(found.add(item), "twice: " + item));
            for (int item = 0; item < now.items().size(); item++) {
                assertEquals(
                        !now.items().removed(item),
                        found.contains(item),
                        now.items().id(item));
            }
            reads++;
        }
        return reads;
    }

    private ItemChange change(Random random, Map<String, float[]> vectors) {
        String id =
                random.nextBoolean() ? SmallBundle.item(random.nextInt(SmallBundle.ITEMS)) : "n" + random.nextInt(90);
        if (random.nextInt(6) == 0 && vectors.containsKey(id)) {
            vectors.remove(id);
            return ItemChange.remove(++position, id);
        }
        float[] vector = new float[SmallBundle.DIMENSIONS];
        IntStream.range(0, vector.length).forEach(i -> vector[i] = (float) random.nextGaussian());
        vectors.put(id, vector);
        return upsert(id, Map.of(), Map.of("als", new ColumnValue.Vector(vector)));
    }

    private ItemChange upsert(String id, Map<String, ColumnValue> values, Map<String, ColumnValue.Vector> vectors) {
        return ItemChange.upsert(++position, id, new Upsert(values, vectors));
    }

    private void publish(List<ItemChange> changes) {
        List<LiveBatch.Changed> changed = changes.stream()
                .map(change -> new LiveBatch.Changed(overlay.apply(change), change))
                .toList();
        ItemTable items = overlay.snapshot();
        snapshot = snapshot.with(new LiveBatch(items, changed));
    }

    private Search search(String generator) {
        return snapshot.generator(generator).orElseThrow().search(question()).orElseThrow();
    }

    private List<Integer> found(String generator, Question question) {
        Search search =
                snapshot.generator(generator).orElseThrow().search(question).orElseThrow();
        Hits hits = search.best(20, snapshot.items().standing(), SearchLimit.none());
        return Arrays.stream(hits.items()).boxed().toList();
    }

    private Question question() {
        return new Question(USER, bundle.users().history(USER), 0, -1);
    }

    private static float[] scaled(float[] vector, float by) {
        float[] scaled = vector.clone();
        IntStream.range(0, scaled.length).forEach(i -> scaled[i] *= by);
        return scaled;
    }

    private static float[] required(Map<String, float[]> vectors, String id) {
        return Objects.requireNonNull(vectors.get(id));
    }

    private static double dot(float[] one, float[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> (double) one[i] * other[i])
                .sum();
    }
}
