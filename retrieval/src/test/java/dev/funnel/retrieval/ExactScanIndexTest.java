package dev.funnel.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.TensorFileWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExactScanIndexTest extends VectorIndexContract {
    private static final long SEED = 7;

    @Override
    protected VectorIndex index(FloatMatrix items, Similarity similarity) {
        return new ExactScanIndex(items, similarity);
    }

    @Override
    protected double leastRecall() {
        return 1;
    }

    @Test
    void mapped_memory_is_searched_like_an_array(@TempDir Path folder) throws Exception {
        FloatMatrix items = Vectors.skewed(9000, 13, SEED);
        Path file = folder.resolve("items.safetensors");
        new TensorFileWriter(file).add("items", items).write();
        float[] query = Vectors.gaussian(13, SEED);
        try (TensorFile mapped = TensorFile.open(file)) {
            Hits expected = index(items, Similarity.DOT).search(query, 100, ItemTest.ALL, SearchLimit.none());
            Hits actual =
                    index(mapped.floats("items"), Similarity.DOT).search(query, 100, ItemTest.ALL, SearchLimit.none());
            assertArrayEquals(expected.items(), actual.items());
            assertArrayEquals(expected.scores(), actual.scores());
        }
    }

    @Test
    void a_deadline_that_passes_during_the_scan_leaves_the_best_of_what_was_seen() {
        FloatMatrix items = Vectors.skewed(5 * ExactScanIndex.BLOCK, 4, SEED);
        AtomicLong now = new AtomicLong();
        VectorIndex index =
                new ExactScanIndex(items, Similarity.DOT, VectorArithmetic.fastest(), () -> now.getAndAdd(10));
        Hits hits = index.search(Vectors.gaussian(4, SEED), 10, ItemTest.ALL, SearchLimit.until(15));
        assertFalse(hits.complete());
        assertEquals(10, hits.size());
        assertTrue(Arrays.stream(hits.items()).allMatch(item -> item < 2 * ExactScanIndex.BLOCK));
    }

    @Test
    void the_filter_is_asked_only_about_items_good_enough_to_be_returned() {
        FloatMatrix items = Vectors.skewed(20_000, 8, SEED);
        AtomicInteger asked = new AtomicInteger();
        ItemTest filter = item -> asked.incrementAndGet() > 0;
        index(items, Similarity.DOT).search(Vectors.gaussian(8, SEED), 10, filter, SearchLimit.none());
        assertTrue(asked.get() < 500, "asked " + asked + " times, seed " + SEED);
    }
}
