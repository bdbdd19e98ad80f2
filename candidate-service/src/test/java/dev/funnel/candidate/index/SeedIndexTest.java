package dev.funnel.candidate.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Calibration;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.ItemShards;
import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeedIndexTest {
    private static final int MANY = 41_000;
    private static final long SEED = 5;

    private static FloatMatrix vectors(int items) {
        Random random = new Random(SEED);
        float[] flat = new float[2 * items];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (float) random.nextGaussian();
        }
        return FloatMatrix.of(flat, items, 2);
    }

    private static GeneratorEntry entry(int limit) {
        return new GeneratorEntry(
                "als",
                "factorization",
                "generators/als.safetensors",
                "dot",
                2,
                limit,
                new Calibration(0, 0),
                null,
                Map.of());
    }

    @Test
    void what_is_related_to_a_seed_is_exact_however_many_items_there_are() throws Exception {
        FloatMatrix items = vectors(MANY);
        try (IndexedVectors index =
                IndexedVectors.ofSeeds(entry(100), items, "AUTO", ServedShards.all(ItemShards.one(MANY)))) {
            assertTrue(index.index().exact(), index.explanation());
            assertEquals(1, index.recall());
            Hits hits = index.index().search(items.row(7), 1, ItemTest.ALL, SearchLimit.none());
            assertEquals(1, hits.scores()[0], 1e-6f);
        }
    }

    @Test
    void a_graph_is_built_where_it_is_asked_for_and_its_recall_is_measured() throws Exception {
        try (IndexedVectors index =
                IndexedVectors.ofSeeds(entry(10), vectors(500), "UNION_GRAPH", ServedShards.all(ItemShards.one(500)))) {
            assertFalse(index.index().exact());
            assertTrue(index.recall() >= .95 && index.recall() <= 1, "recall " + index.recall());
        }
    }
}
