package dev.funnel.retrieval.hnswlib;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.testing.PublicData;
import dev.funnel.retrieval.ExactScanIndex;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.IndexChoice;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.VectorIndex;
import dev.funnel.retrieval.VectorIndexContract;
import dev.funnel.retrieval.Vectors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HnswlibIndexTest extends VectorIndexContract {
    private static final long SEED = 11;

    @Override
    protected VectorIndex index(FloatMatrix items, Similarity similarity) {
        return HnswlibIndex.build(items, similarity, new HnswlibSettings(12, 60, 100));
    }

    @Override
    protected double leastRecall() {
        return 0.95;
    }

    private static double recall(VectorIndex index, VectorIndex exact, float effort) {
        return IntStream.range(0, 50)
                .mapToDouble(q -> {
                    float[] query = Vectors.gaussian(24, SEED + 1 + q);
                    SearchLimit limit = new SearchLimit(SearchLimit.none().deadlineNanos(), effort);
                    int[] best = exact.search(query, 10, ItemTest.ALL, limit).items();
                    return Vectors.recall(index.search(query, 10, ItemTest.ALL, limit), best, 10);
                })
                .average()
                .orElseThrow();
    }

    @Test
    void more_effort_finds_more() {
        FloatMatrix items = Vectors.skewed(5000, 24, SEED);
        VectorIndex index = HnswlibIndex.build(items, Similarity.DOT, new HnswlibSettings(6, 30, 400));
        VectorIndex exact = new ExactScanIndex(items, Similarity.DOT);
        double little = recall(index, exact, 0.001f);
        double full = recall(index, exact, 1);
        assertTrue(full > little && full > 0.95, "recall " + little + " with little effort, " + full + " with all");
    }

    @Test
    void items_added_longest_first_are_found_where_others_are_not() {
        FloatMatrix items = Vectors.skewed(4000, 24, SEED);
        HnswlibSettings settings = new HnswlibSettings(12, 60, 100);
        VectorIndex exact = new ExactScanIndex(items, Similarity.DOT);
        int[] byIndex = IntStream.range(0, items.rows()).toArray();
        double unordered = recall(HnswlibIndex.build(items, Similarity.DOT, settings, byIndex), exact, 1);
        double ordered = recall(HnswlibIndex.build(items, Similarity.DOT, settings), exact, 1);
        assertTrue(unordered < 0.5 && ordered > 0.95, "recall " + unordered + " by index, " + ordered);
    }

    @Test
    void real_item_factors_are_found_at_the_default_settings() throws Exception {
        Path folder = PublicData.folder("ann-gowalla-svd64");
        FloatMatrix items = readVectors(folder.resolve("base.fvecs"), 8_000);
        FloatMatrix queries = readVectors(folder.resolve("query.fvecs"), 50);
        VectorIndex index = HnswlibIndex.build(items, Similarity.DOT, HnswlibSettings.DEFAULT);
        VectorIndex exact = new ExactScanIndex(items, Similarity.DOT);
        double recall = IntStream.range(0, queries.rows())
                .mapToDouble(q -> Vectors.recall(
                        index.search(queries.row(q), 100, ItemTest.ALL, SearchLimit.none()),
                        exact.search(queries.row(q), 100, ItemTest.ALL, SearchLimit.none())
                                .items(),
                        100))
                .average()
                .orElseThrow();
        assertTrue(recall >= 0.94, "recall " + recall);
    }

    /** The first vectors of a file of the fvecs form: each is its length, then its values. */
    private static FloatMatrix readVectors(Path file, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int dimensions = bytes.getInt(0);
        float[] flat = new float[count * dimensions];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = bytes.getFloat(Float.BYTES * (i + i / dimensions + 1));
        }
        return FloatMatrix.of(flat, count, dimensions);
    }

    @Test
    void a_filter_that_leaves_the_graph_short_is_answered_exactly() {
        FloatMatrix items = Vectors.skewed(5000, 24, SEED);
        ItemTest rare = item -> item % 100 == 0;
        float[] query = Vectors.gaussian(24, SEED);
        Hits exact = new ExactScanIndex(items, Similarity.DOT).search(query, 40, rare, SearchLimit.none());
        Hits hits = index(items, Similarity.DOT).search(query, 40, rare, SearchLimit.none());
        assertArrayEquals(exact.items(), hits.items());
        assertArrayEquals(exact.scores(), hits.scores());
    }

    /** The filter leaves nothing, so that the search would widen three times, and takes all the time there is. */
    @Test
    void a_search_whose_deadline_passes_on_the_way_widens_no_more() {
        VectorIndex index =
                HnswlibIndex.build(Vectors.skewed(1000, 24, SEED), Similarity.DOT, new HnswlibSettings(6, 30, 10));
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
        AtomicInteger tested = new AtomicInteger();
        ItemTest slow = item -> {
            tested.incrementAndGet();
            while (System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            return false;
        };
        Hits hits = index.search(Vectors.gaussian(24, SEED), 10, slow, SearchLimit.until(deadline));
        assertFalse(hits.complete());
        assertTrue(tested.get() <= 10, tested + " items were tested");
    }

    @Test
    void a_catalogue_beyond_its_size_is_refused_with_the_reason() {
        int items = IndexChoice.MOST_HNSWLIB_ITEMS + 1;
        FloatMatrix matrix = FloatMatrix.of(new float[items], items, 1);
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> index(matrix, Similarity.DOT));
        assertTrue(String.valueOf(refusal.getMessage()).contains("at most 250000 items, not 250001"));
    }

    @Test
    void building_stops_when_interrupted() {
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> index(Vectors.skewed(100, 4, SEED), Similarity.DOT));
        assertTrue(Thread.interrupted());
        assertFalse(Thread.interrupted());
    }
}
