package dev.funnel.retrieval.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.ExactScanIndex;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.ItemFilter;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.VectorArithmetic;
import dev.funnel.retrieval.VectorIndex;
import dev.funnel.retrieval.VectorIndexContract;
import dev.funnel.retrieval.Vectors;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UnionGraphIndexTest extends VectorIndexContract {
    private static final long SEED = 21;
    private static final int ITEMS = 6000;
    private static final int DIMENSIONS = 16;
    private static final FloatMatrix SKEWED = Vectors.skewed(ITEMS, DIMENSIONS, SEED);
    private static final UnionGraph GRAPH =
            UnionGraph.build(SKEWED, Similarity.DOT, new GraphSettings(8, 40, SEED, 2), BuildProgress.SILENT);

    @Override
    protected VectorIndex index(FloatMatrix items, Similarity similarity) {
        GraphSettings settings = new GraphSettings(12, 60, SEED, 2);
        return new UnionGraphIndex(UnionGraph.build(items, similarity, settings, BuildProgress.SILENT), items, 100);
    }

    @Override
    protected double leastRecall() {
        return 0.95;
    }

    private static double recall(VectorIndex index, ItemFilter filter, SearchLimit limit) {
        VectorIndex exact = new ExactScanIndex(SKEWED, Similarity.DOT);
        return IntStream.range(0, 50)
                .mapToDouble(q -> {
                    float[] query = Vectors.gaussian(DIMENSIONS, SEED + 1 + q);
                    int[] best =
                            exact.search(query, 10, filter, SearchLimit.none()).items();
                    return best.length == 0
                            ? 1
                            : Vectors.recall(index.search(query, 10, filter, limit), best, best.length);
                })
                .average()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.1, 0.01, 0.001})
    void recall_does_not_fall_with_the_share_that_a_filter_keeps(double share) {
        Random random = new Random(SEED);
        BitSet kept = new BitSet();
        IntStream.range(0, ITEMS).filter(item -> random.nextDouble() < share).forEach(kept::set);
        VectorIndex index = new UnionGraphIndex(GRAPH, SKEWED, 20);
        double unfiltered = recall(index, ItemFilter.ALL, SearchLimit.none());
        double bitmap = recall(index, ItemFilter.accepting(kept), SearchLimit.none());
        double test = recall(index, ItemFilter.of(kept::get), SearchLimit.none());
        String where = "of " + unfiltered + " unfiltered, seed " + SEED;
        assertTrue(bitmap >= Math.min(0.95, unfiltered), "recall " + bitmap + " by bitmap " + where);
        assertTrue(test >= Math.min(0.95, unfiltered), "recall " + test + " by test " + where);
    }

    @ParameterizedTest
    @MethodSource("similarities")
    void a_bitmap_that_leaves_a_small_part_is_answered_exactly_also_with_a_test_beside_it(Similarity similarity) {
        FloatMatrix items = Vectors.skewed(ITEMS, DIMENSIONS, SEED);
        VectorIndex index = new UnionGraphIndex(
                UnionGraph.build(items, similarity, new GraphSettings(4, 10, SEED, 2), BuildProgress.SILENT),
                items,
                10);
        BitSet third = new BitSet();
        IntStream.range(0, ITEMS).filter(item -> item % 7 == 2).forEach(third::set);
        ItemFilter bitmap = ItemFilter.accepting(third);
        VectorIndex scan = new ExactScanIndex(items, similarity);
        for (int q = 0; q < 60; q++) {
            float[] query = Vectors.gaussian(DIMENSIONS, SEED + q);
            for (ItemFilter filter : List.of(bitmap, bitmap.and(item -> item % 2 == 0))) {
                int k = 10 + q; // many enough that items within the codes' error of the last hit do not pass the test
                Hits exact = scan.search(query, k, filter, SearchLimit.none());
                Hits hits = index.search(query, k, filter, SearchLimit.none());
                assertArrayEquals(exact.items(), hits.items(), "query " + q + ", seed " + SEED);
                assertArrayEquals(exact.scores(), hits.scores());
            }
        }
    }

    @Test
    void a_walk_through_a_bitmap_meets_only_items_that_pass_and_few_of_them() {
        BitSet kept = new BitSet();
        Random random = new Random(SEED);
        IntStream.range(0, ITEMS).filter(item -> random.nextDouble() < .45).forEach(kept::set);
        AtomicLong asked = new AtomicLong();
        ItemFilter filter = ItemFilter.accepting(kept).and(item -> {
            assertTrue(kept.get(item), "item " + item);
            asked.incrementAndGet();
            return true;
        });
        VectorIndex index = new UnionGraphIndex(GRAPH, SKEWED, 20);
        filter.share(ITEMS);
        asked.set(0);
        Hits hits = index.search(Vectors.gaussian(DIMENSIONS, SEED), 10, filter, SearchLimit.none());
        assertEquals(10, hits.size());
        assertTrue(asked.get() < ITEMS / 10, asked + " asked");
    }

    @Test
    void more_effort_finds_more() {
        VectorIndex index = new UnionGraphIndex(GRAPH, SKEWED, 400);
        SearchLimit all = SearchLimit.none();
        double little = recall(index, ItemFilter.ALL, all.withEffort(0.001f));
        double full = recall(index, ItemFilter.ALL, all);
        assertTrue(full > little && full > 0.98, "recall " + little + " with little effort, " + full + " with all");
    }

    @ParameterizedTest
    @MethodSource("similarities")
    void scalar_arithmetic_walks_the_same_way(Similarity similarity) {
        FloatMatrix items = Vectors.skewed(800, 13, SEED);
        UnionGraph graph = UnionGraph.build(items, similarity, new GraphSettings(6, 20, SEED, 1), BuildProgress.SILENT);
        VectorIndex lanes = new UnionGraphIndex(graph, items, 10);
        VectorIndex scalar = new UnionGraphIndex(graph, items, 10, VectorArithmetic.scalar(), System::nanoTime);
        for (int q = 0; q < 20; q++) {
            float[] query = Vectors.gaussian(13, SEED + q);
            Hits expected = lanes.search(query, 5, ItemTest.ALL, SearchLimit.none());
            Hits actual = scalar.search(query, 5, ItemTest.ALL, SearchLimit.none());
            assertArrayEquals(expected.items(), actual.items());
            assertArrayEquals(expected.scores(), actual.scores());
        }
    }

    @Test
    void a_deadline_that_passes_during_the_walk_leaves_what_was_found() {
        AtomicLong now = new AtomicLong();
        VectorIndex index =
                new UnionGraphIndex(GRAPH, SKEWED, 2000, VectorArithmetic.fastest(), () -> now.getAndAdd(10));
        Hits hits = index.search(Vectors.gaussian(DIMENSIONS, SEED), 10, ItemTest.ALL, SearchLimit.until(35));
        assertFalse(hits.complete());
        assertEquals(10, hits.size());
    }

    @Test
    void a_filter_that_leaves_the_walk_short_is_answered_exactly() {
        float[] query = Vectors.gaussian(DIMENSIONS, SEED);
        ItemTest rare = item -> item % 20 == 3;
        Hits exact = new ExactScanIndex(SKEWED, Similarity.DOT).search(query, 250, rare, SearchLimit.none());
        Hits hits = new UnionGraphIndex(GRAPH, SKEWED, 10).search(query, 250, rare, SearchLimit.none());
        assertArrayEquals(exact.items(), hits.items());
        assertArrayEquals(exact.scores(), hits.scores());
    }

    @Test
    void a_graph_of_another_number_of_items_is_refused() {
        FloatMatrix fewer = Vectors.skewed(ITEMS - 1, DIMENSIONS, SEED);
        assertThrows(IllegalArgumentException.class, () -> new UnionGraphIndex(GRAPH, fewer, 10));
    }
}
