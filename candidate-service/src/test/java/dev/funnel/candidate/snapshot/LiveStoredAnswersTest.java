package dev.funnel.candidate.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemOverlay;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.live.Upsert;
import dev.funnel.bundle.testing.SmallBundle;
import dev.funnel.candidate.cache.Caches;
import dev.funnel.candidate.generate.ColdBundle;
import dev.funnel.candidate.generate.GeneratorKinds;
import dev.funnel.candidate.generate.Question;
import dev.funnel.candidate.generate.Search;
import dev.funnel.candidate.index.ShardSettings;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.runtime.live.LiveBatch;
import dev.funnel.runtime.wire.QueryOrigin;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored as related to a seed, while items change. What the bundle stores is made up, so that it differs from any search. */
class LiveStoredAnswersTest {
    @TempDir
    private Path root;

    private Bundle bundle;
    private FloatMatrix trained;
    private ItemOverlay overlay;
    private CandidateSnapshot snapshot;
    private long position;

    @BeforeEach
    void open() throws Exception {
        bundle = Bundle.open(SmallBundle.directory(root, ColdBundle.publish(root)));
        trained = bundle.tensors("generators/als.safetensors").floats("item_factors");
        snapshot = new CandidateSnapshotLoader(
                        List.of(), GeneratorKinds.installed(), ShardSettings.WHOLE, Caches.usual())
                .load(bundle);
        overlay = new ItemOverlay(bundle.items(), 0, 1_000);
    }

    @AfterEach
    void close() {
        snapshot.close();
        bundle.close();
    }

    @Test
    void a_change_elsewhere_leaves_the_stored_answer() {
        List<String> before = found(ColdBundle.STORED);
        publish(upsert("far", opposite(ColdBundle.SEED)));
        assertEquals(before, found(ColdBundle.STORED));
    }

    @Test
    void a_live_item_nearer_than_what_is_stored_comes_first() {
        List<String> before = found(ColdBundle.STORED);
        publish(upsert("near", trained.row(ColdBundle.SEED)));
        List<String> after = found(ColdBundle.STORED);
        assertEquals("near", after.getFirst());
        assertEquals(before.subList(0, ColdBundle.STORED - 1), after.subList(1, ColdBundle.STORED));
        Search search = search();
        Hits hits = best(search, ColdBundle.STORED);
        for (int i = 0; i < hits.size(); i++) {
            assertEquals(search.score(hits.items()[i]), hits.scores()[i]);
        }
        assertEquals(1, hits.scores()[0], 1e-6f);
    }

    @Test
    void a_stored_item_whose_vector_was_replaced_is_scored_by_the_new_one() {
        String last = found(ColdBundle.STORED).getLast();
        publish(upsert(last, trained.row(ColdBundle.SEED)));
        List<String> after = found(ColdBundle.STORED - 1);
        assertEquals(last, after.getFirst());
        publish(upsert(last, opposite(ColdBundle.SEED)));
        assertFalse(found(ColdBundle.STORED - 1).contains(last));
    }

    @Test
    void where_removed_items_leave_too_little_there_is_a_search() {
        publish(ItemChange.remove(++position, SmallBundle.item(20)));
        Search search = search();
        assertEquals(ColdBundle.STORED, best(search, ColdBundle.STORED).size());
        assertEquals(QueryOrigin.SEED_ITEM, search.origin());
        assertTrue(search.note().endsWith("searched since too little is left of what was stored"), search::note);
    }

    @Test
    void a_seed_that_lies_elsewhere_now_is_searched_for() {
        publish(upsert(SmallBundle.item(ColdBundle.SEED), trained.row(9)));
        Search search = search();
        assertTrue(Arrays.stream(best(search, 3).items()).anyMatch(item -> item == 9));
        assertEquals(QueryOrigin.SEED_ITEM, search.origin());
    }

    private List<String> found(int limit) {
        Search search = search();
        Hits hits = best(search, limit);
        assertEquals(QueryOrigin.STORED_ANSWER, search.origin());
        return Arrays.stream(hits.items()).mapToObj(snapshot.items()::id).toList();
    }

    private Search search() {
        return snapshot.generator("als")
                .orElseThrow()
                .search(new Question(-1, History.EMPTY, 0, ColdBundle.SEED))
                .orElseThrow();
    }

    private Hits best(Search search, int limit) {
        return search.best(limit, snapshot.items().standing(), SearchLimit.none());
    }

    private float[] opposite(int item) {
        float[] vector = trained.row(item);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = -vector[i];
        }
        return vector;
    }

    private ItemChange upsert(String id, float[] vector) {
        Upsert upsert = new Upsert(Map.of(), Map.of("als", new ColumnValue.Vector(vector)));
        return ItemChange.upsert(++position, id, upsert);
    }

    private void publish(ItemChange change) {
        LiveBatch.Changed changed = new LiveBatch.Changed(overlay.apply(change), change);
        ItemTable items = overlay.snapshot();
        snapshot = snapshot.with(new LiveBatch(items, List.of(changed)));
    }
}
