package dev.funnel.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.ItemTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link VectorIndex} promises; each implementation's test inherits it. */
public abstract class VectorIndexContract {
    private static final long SEED = 20260114;
    private static final int ITEMS = 1500;
    private static final int DIMENSIONS = 19;

    /** An index of the kind under test over these items. */
    protected abstract VectorIndex index(FloatMatrix items, Similarity similarity);

    /** The least mean recall of the best 10 that the index must reach on skewed vectors. */
    protected abstract double leastRecall();

    static List<Similarity> similarities() {
        return List.of(Similarity.DOT, Similarity.COSINE, Similarity.EUCLIDEAN, Similarity.normTemperedDot(0.5));
    }

    private VectorIndex index(Similarity similarity) {
        return index(Vectors.skewed(ITEMS, DIMENSIONS, SEED), similarity);
    }

    private static float[] query(int number) {
        return Vectors.gaussian(DIMENSIONS, SEED + 1 + number);
    }

    private static Hits search(VectorIndex index, float[] query, int k, ItemTest filter) {
        Hits hits = index.search(query, k, filter, SearchLimit.none());
        assertTrue(hits.complete());
        return hits;
    }

    @ParameterizedTest
    @MethodSource("similarities")
    void the_most_similar_items_are_found(Similarity similarity) {
        FloatMatrix items = Vectors.skewed(ITEMS, DIMENSIONS, SEED);
        VectorIndex index = index(items, similarity);
        double recall = IntStream.range(0, 40)
                .mapToDouble(q -> Vectors.recall(
                        search(index, query(q), 10, ItemTest.ALL), Vectors.ranking(query(q), items, similarity), 10))
                .average()
                .orElseThrow();
        assertTrue(recall >= leastRecall(), similarity + ": recall " + recall + ", seed " + SEED);
    }

    @ParameterizedTest
    @MethodSource("similarities")
    void hits_come_best_first_each_once_with_the_scores_of_score(Similarity similarity) {
        VectorIndex index = index(similarity);
        Hits hits = search(index, query(0), 100, ItemTest.ALL);
        assertEquals(100, hits.size());
        assertEquals(100, Arrays.stream(hits.items()).distinct().count());
        for (int i = 0; i < hits.size(); i++) {
            assertEquals(index.score(query(0), hits.items()[i]), hits.scores()[i]);
            assertTrue(i == 0 || hits.scores()[i] <= hits.scores()[i - 1], "place " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("similarities")
    void scores_are_the_similarities(Similarity similarity) {
        FloatMatrix items = Vectors.skewed(ITEMS, DIMENSIONS, SEED);
        VectorIndex index = index(items, similarity);
        for (int item = 0; item < 50; item++) {
            double expected = Vectors.score(query(0), items.row(item), similarity);
            assertEquals(expected, index.score(query(0), item), 1e-5 * Math.max(1, Math.abs(expected)), "item " + item);
        }
    }

    @Test
    void equal_scores_are_ordered_by_item_index() {
        float[] flat = new float[2 * 64];
        Arrays.fill(flat, 1);
        Hits hits = search(index(FloatMatrix.of(flat, 64, 2), Similarity.DOT), new float[] {1, 1}, 64, ItemTest.ALL);
        assertArrayEquals(IntStream.range(0, 64).toArray(), hits.items());
    }

    @Test
    void the_zero_query_finds_items_by_index_however_many_are_alike() {
        Hits hits = search(index(Similarity.DOT), new float[DIMENSIONS], 5, ItemTest.ALL);
        assertArrayEquals(new int[] {0, 1, 2, 3, 4}, hits.items());
    }

    @ParameterizedTest
    @MethodSource("similarities")
    void an_exhaustive_search_finds_what_an_exact_scan_finds(Similarity similarity) {
        FloatMatrix items = Vectors.skewed(ITEMS, DIMENSIONS, SEED);
        VectorIndex index = index(items, similarity);
        ItemTest odd = item -> item % 2 == 1;
        try (ExactScanIndex exact = new ExactScanIndex(items, similarity)) {
            Hits expected = search(exact, query(1), 30, odd);
            Hits found = index.exhaustive(query(1), 30, odd, SearchLimit.none());
            assertArrayEquals(expected.items(), found.items());
            assertArrayEquals(expected.scores(), found.scores());
        }
    }

    @Test
    void no_hit_is_one_that_the_filter_rejects() {
        Hits hits = search(index(Similarity.DOT), query(0), 50, item -> item % 3 == 0);
        assertEquals(50, hits.size());
        assertTrue(Arrays.stream(hits.items()).allMatch(item -> item % 3 == 0));
    }

    @Test
    void a_filter_that_leaves_few_items_leaves_exactly_those() {
        Hits hits = search(index(Similarity.DOT), query(0), 50, item -> item % 500 == 7);
        int[] found = hits.items().clone();
        Arrays.sort(found);
        assertArrayEquals(new int[] {7, 507, 1007}, found);
    }

    @ParameterizedTest
    @MethodSource("similarities")
    void a_bitmap_leaves_what_its_test_leaves(Similarity similarity) {
        VectorIndex index = index(similarity);
        for (int share : new int[] {2, 10, 100, 700}) {
            ItemTest rare = item -> item % share == 1;
            BitSet bits = new BitSet();
            IntStream.range(0, ITEMS).filter(rare::test).forEach(bits::set);
            ItemFilter bitmap = ItemFilter.accepting(bits);
            ItemFilter both = bitmap.and(item -> item % 3 == 0);
            Hits hits = search(index, query(1), ITEMS, bitmap);
            assertEquals(bits.cardinality(), hits.size(), "1 in " + share);
            assertTrue(Arrays.stream(hits.items()).allMatch(rare::test));
            Hits fewer = search(index, query(1), ITEMS, both);
            assertEquals(bits.stream().filter(item -> item % 3 == 0).count(), fewer.size(), "1 in " + share);
        }
    }

    @Test
    void thousands_of_excluded_items_are_not_returned() {
        int[] excluded = IntStream.range(0, ITEMS).filter(i -> i % 7 != 0).toArray();
        Hits hits = search(index(Similarity.DOT), query(2), ITEMS, ItemFilter.rejecting(excluded, ITEMS));
        assertEquals(ITEMS - excluded.length, hits.size());
        assertTrue(Arrays.stream(hits.items()).allMatch(item -> item % 7 == 0));
    }

    @Test
    void a_search_that_may_visit_next_to_nothing_ends_early_and_says_so() {
        FloatMatrix items = Vectors.skewed(1200, 4, SEED);
        SearchLimit limit = new SearchLimit(SearchLimit.none().deadlineNanos(), 1, 1);
        Hits hits = index(items, Similarity.COSINE).search(Vectors.gaussian(4, SEED), 5, ItemTest.ALL, limit);
        assertFalse(hits.complete());
    }

    @Test
    void a_filter_that_rejects_all_finds_nothing() {
        assertEquals(
                0, search(index(Similarity.DOT), query(0), 50, ItemTest.NONE).size());
    }

    @Test
    void asking_for_more_than_there_is_gives_all() {
        FloatMatrix items = Vectors.skewed(70, DIMENSIONS, SEED);
        assertEquals(
                70,
                search(index(items, Similarity.COSINE), query(0), 10_000, ItemTest.ALL)
                        .size());
    }

    @Test
    void an_empty_index_finds_nothing() {
        VectorIndex index = index(FloatMatrix.of(new float[0], 0, DIMENSIONS), Similarity.DOT);
        assertEquals(0, search(index, query(0), 3, ItemTest.ALL).size());
    }

    @Test
    void a_search_past_its_deadline_says_that_it_is_not_complete() {
        Hits hits = index(Similarity.DOT).search(query(0), 3, ItemTest.ALL, SearchLimit.until(System.nanoTime() - 1));
        assertFalse(hits.complete());
        assertEquals(0, hits.size());
    }

    @Test
    void a_query_of_another_length_is_refused() {
        refused("query has 3 dimensions, the index has 19", new float[3], 1);
    }

    @Test
    void a_query_that_is_not_finite_is_refused() {
        float[] query = query(0);
        query[4] = Float.NaN;
        refused("query[4] is NaN", query, 1);
    }

    @Test
    void a_number_of_hits_out_of_bounds_is_refused() {
        refused("k is 0, must be 1 to 10000", query(0), 0);
        refused("k is 10001, must be 1 to 10000", query(0), 10_001);
    }

    private void refused(String message, float[] query, int k) {
        VectorIndex index = index(Vectors.skewed(30, DIMENSIONS, SEED), Similarity.DOT);
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> index.search(query, k, ItemTest.ALL, SearchLimit.none()));
        assertTrue(String.valueOf(refusal.getMessage()).contains(message), refusal.getMessage());
    }

    @Test
    void many_threads_searching_at_once_each_get_what_one_gets() throws Exception {
        VectorIndex index = index(Similarity.DOT);
        int threads = 4 * Runtime.getRuntime().availableProcessors();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Callable<int[]>> searches = new ArrayList<>();
            for (int i = 0; i < 10 * threads; i++) {
                float[] query = query(i % 5);
                searches.add(() -> search(index, query, 20, ItemTest.ALL).items());
            }
            List<Future<int[]>> found = executor.invokeAll(searches);
            for (int i = 0; i < found.size(); i++) {
                assertArrayEquals(
                        search(index, query(i % 5), 20, ItemTest.ALL).items(),
                        found.get(i).get());
            }
        }
    }
}
