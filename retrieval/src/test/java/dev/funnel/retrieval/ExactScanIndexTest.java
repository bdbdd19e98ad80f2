package dev.funnel.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.TensorFileWriter;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
        FloatMatrix items = Vectors.skewed(5 * ExactScanIndex.CHUNK, 4, SEED);
        AtomicLong now = new AtomicLong();
        VectorIndex index =
                new ExactScanIndex(items, Similarity.COSINE, VectorArithmetic.fastest(), () -> now.getAndAdd(10));
        float[] query = Vectors.gaussian(4, SEED);
        Hits all = index.search(query, 10, ItemTest.ALL, SearchLimit.none());
        now.set(0);
        Hits hits = index.search(query, 10, ItemTest.ALL, SearchLimit.until(15));
        assertFalse(hits.complete());
        assertEquals(10, hits.size());
        assertFalse(Arrays.equals(all.items(), hits.items()));
    }

    @ParameterizedTest
    @MethodSource("similarities")
    void hits_are_those_of_the_plain_formula_bit_for_bit(Similarity similarity) {
        Random random = new Random(SEED);
        for (int round = 0; round < 40; round++) {
            int dimensions = 1 + random.nextInt(70);
            FloatMatrix items = Vectors.skewed(1 + random.nextInt(1200), dimensions, random.nextLong());
            float[] query = Vectors.gaussian(dimensions, random.nextLong());
            int k = 1 + random.nextInt(items.rows());
            Hits plain = plain(items, similarity, query, k);
            Hits hits = index(items, similarity).search(query, k, ItemTest.ALL, SearchLimit.none());
            String where = "round " + round + ", seed " + SEED;
            assertArrayEquals(plain.items(), hits.items(), where);
            assertArrayEquals(plain.scores(), hits.scores(), where);
        }
    }

    @ParameterizedTest
    @MethodSource("similarities")
    void no_score_exceeds_its_bounds(Similarity similarity) {
        Random random = new Random(SEED);
        for (int round = 0; round < 60; round++) {
            int dimensions = 1 + random.nextInt(130);
            FloatMatrix items = extreme(64, dimensions, random);
            float[] query = extreme(1, dimensions, random).row(0);
            VectorScorer scorer = new VectorScorer(items, similarity);
            ScanBlocks blocks = new ScanBlocks(items, similarity, VectorArithmetic.fastest(), Arena.ofAuto());
            CodedQuery coded = new CodedQuery(query, similarity);
            float[] bounds = new float[64];
            blocks.bounds(coded, 0, 64, new int[64], bounds);
            for (int rank = 0; rank < 64; rank++) {
                float score = scorer.score(query, blocks.item(rank));
                String where = score + ", round " + round + ", rank " + rank + ", seed " + SEED;
                assertTrue(score <= bounds[rank], bounds[rank] + " does not bound " + where);
                float lower = blocks.lower(coded, rank, bounds[rank]);
                assertFalse(score < lower, lower + " does not bound " + where);
                assertTrue(score <= blocks.bound(coded, rank, rank + 1), "the length does not bound " + where);
            }
        }
    }

    /** Rows of which some are zero, tiny or long, some of few values, and half a multiple of the first. */
    private static FloatMatrix extreme(int rows, int dimensions, Random random) {
        float[] flat = new float[rows * dimensions];
        for (int row = 0; row < rows; row++) {
            double length = row % 9 == 1 ? 0 : Math.pow(10, random.nextInt(-12, 12));
            for (int c = 0; c < dimensions; c++) {
                double value = row % 2 == 0 ? random.nextGaussian() : flat[c];
                flat[row * dimensions + c] = random.nextInt(5) == 0 ? 0 : (float) (length * value);
            }
        }
        return FloatMatrix.of(flat, rows, dimensions);
    }

    private static Hits plain(FloatMatrix items, Similarity similarity, float[] query, int k) {
        VectorScorer scorer = new VectorScorer(items, similarity, new ScalarArithmetic());
        TopK top = new TopK(k);
        for (int item = 0; item < items.rows(); item++) {
            top.offer(item, scorer.score(query, item));
        }
        return top.drain(0, true);
    }

    @Test
    void scalar_arithmetic_finds_the_same() {
        FloatMatrix items = Vectors.skewed(3000, 21, SEED);
        float[] query = Vectors.gaussian(21, SEED);
        VectorIndex scalar = new ExactScanIndex(items, Similarity.DOT, new ScalarArithmetic(), System::nanoTime);
        Hits expected = index(items, Similarity.DOT).search(query, 50, ItemTest.ALL, SearchLimit.none());
        Hits actual = scalar.search(query, 50, ItemTest.ALL, SearchLimit.none());
        assertArrayEquals(expected.items(), actual.items());
        assertArrayEquals(expected.scores(), actual.scores());
    }

    @Test
    void items_that_scored_well_enough_and_were_rejected_are_counted() {
        FloatMatrix items = Vectors.skewed(2000, 8, SEED);
        float[] query = Vectors.gaussian(8, SEED);
        Hits hits = index(items, Similarity.DOT).search(query, 10, item -> item % 3 == 0, SearchLimit.none());
        assertTrue(hits.filtered() > 0);
    }

    @Test
    void the_filter_is_asked_only_about_items_good_enough_to_be_returned() {
        FloatMatrix items = Vectors.skewed(20_000, 8, SEED);
        AtomicInteger asked = new AtomicInteger();
        ItemTest filter = item -> asked.incrementAndGet() > 0;
        index(items, Similarity.DOT).search(Vectors.gaussian(8, SEED), 10, filter, SearchLimit.none());
        assertTrue(asked.get() < 500, "asked " + asked + " times, seed " + SEED);
    }

    @Test
    void closing_one_that_frees_its_codes_leaves_nothing_to_search() {
        FloatMatrix items = Vectors.skewed(300, 8, SEED);
        float[] query = Vectors.gaussian(8, SEED);
        Hits expected = new ExactScanIndex(items, Similarity.DOT).search(query, 10, ItemTest.ALL, SearchLimit.none());
        VectorIndex index = ExactScanIndex.closeable(items, Similarity.DOT);
        Hits found = index.search(query, 10, ItemTest.ALL, SearchLimit.none());
        assertArrayEquals(expected.items(), found.items());
        index.close();
        assertThrows(
                IllegalStateException.class, () -> index.search(query, 10, ItemTest.ALL, SearchLimit.none()), "freed");
    }
}
