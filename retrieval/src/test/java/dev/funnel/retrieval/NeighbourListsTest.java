package dev.funnel.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.IntVector;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.LongVector;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NeighbourListsTest {
    private static final long SEED = 21;

    private static NeighbourLists lists(long[] offsets, int[] neighbours, float... scores) {
        return new NeighbourLists(
                LongVector.of(offsets), IntVector.of(neighbours), FloatMatrix.of(scores, scores.length, 1));
    }

    /** Item 0 is related to 1 and 2, item 1 to nothing, item 2 to 0. */
    private static NeighbourLists three() {
        return lists(new long[] {0, 2, 2, 3}, new int[] {1, 2, 0}, 0.5f, 0.25f, 0.75f);
    }

    @Test
    void an_item_s_neighbours_are_told_best_first() {
        StringBuilder told = new StringBuilder();
        three().forItem(
                        0,
                        (item, score) ->
                                told.append(item).append(':').append(score).append(' '));
        assertEquals("1:0.5 2:0.25 ", told.toString());
        assertEquals(3, three().size());
    }

    @Test
    void a_history_s_scores_are_sums_of_weight_times_relation() {
        NeighbourSums sums = three().sums(new int[] {0, 2, 0}, new float[] {1, 2, 1});
        assertEquals(1, sums.score(1));
        assertEquals(0.5f, sums.score(2));
        assertEquals(1.5f, sums.score(0));
        assertEquals(0, sums.score(77));
        assertArrayEquals(new int[] {0, 1}, sums.best(2, ItemTest.ALL).items());
        Hits filtered = sums.best(2, item -> item != 0);
        assertArrayEquals(new int[] {1, 2}, filtered.items());
        assertEquals(1, filtered.filtered());
    }

    @Test
    void the_older_an_item_of_the_history_the_less_it_counts_if_there_is_a_decay() {
        // Item 2 three items ago counts an eighth, item 0 a quarter of its weight of 2.
        NeighbourSums sums = three().sums(new int[] {1, 1, 0, 2}, new float[] {1, 1, 2, 1}, .5);
        Map<Integer, Float> told = new HashMap<>();
        sums.forEach(told::put);
        assertEquals(Map.of(1, .25f, 2, .125f, 0, .09375f), told);
    }

    @Test
    void sums_over_many_items_are_those_of_a_map() {
        Random random = new Random(SEED);
        NeighbourSums sums = new NeighbourSums(0);
        Map<Integer, Float> expected = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            int item = random.nextInt(5000) * 97;
            float score = random.nextFloat();
            sums.add(item, score);
            expected.merge(item, score, Float::sum);
        }
        assertEquals(expected.size(), sums.size());
        expected.forEach((item, sum) -> assertEquals(sum, sums.score(item), "item " + item + ", seed " + SEED));
    }

    @Test
    void arrays_that_do_not_belong_together_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> lists(new long[] {0, 2}, new int[] {1}, 1f));
        assertThrows(IllegalArgumentException.class, () -> lists(new long[] {0, 1}, new int[] {1}, 1f, 2f));
        assertThrows(IllegalArgumentException.class, () -> lists(new long[] {}, new int[] {}));
    }
}
