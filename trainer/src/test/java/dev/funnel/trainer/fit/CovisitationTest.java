package dev.funnel.trainer.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.funnel.trainer.Progress;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CovisitationTest {
    private static final long SEED = 77;

    /** Three users: {0, 1}, {0, 1, 2}, {2}. */
    private static final SparseRows SMALL = SparseRows.of(
            3, 4, new int[] {0, 0, 1, 1, 1, 2}, new int[] {0, 1, 0, 1, 2, 2}, new float[] {1, 1, 1, 1, 1, 1});

    private static Neighbours fit(SparseRows interactions, int neighbours, double shrinkage) {
        return Covisitation.fit(
                interactions, new CovisitationSettings(neighbours, shrinkage, 1000, 2), Progress.SILENT);
    }

    @Test
    void without_shrinkage_the_score_is_the_cosine() {
        Neighbours lists = fit(SMALL, 10, 0);
        assertArrayEquals(new long[] {0, 2, 4, 6, 6}, lists.offsets());
        assertArrayEquals(new int[] {1, 2, 0, 2, 0, 1}, lists.neighbours());
        assertArrayEquals(new float[] {1, 0.5f, 1, 0.5f, 0.5f, 0.5f}, lists.scores(), 1e-7f);
    }

    @Test
    void shrinkage_takes_from_pairs_that_few_support() {
        assertArrayEquals(new float[] {0.5f, 0.25f}, listOf(fit(SMALL, 10, 2), 0), 1e-7f);
    }

    private static float[] listOf(Neighbours lists, int item) {
        return java.util.Arrays.copyOfRange(
                lists.scores(), (int) lists.offsets()[item], (int) lists.offsets()[item + 1]);
    }

    @Test
    void lists_are_those_that_a_comparison_of_all_pairs_gives() {
        SparseRows interactions = Interactions.grouped(80, 40, 9, SEED);
        Neighbours lists = fit(interactions, 7, 3);
        SparseRows byItem = interactions.transpose();
        for (int item = 0; item < 40; item++) {
            int of = item;
            List<Integer> expected = IntStream.range(0, 40)
                    .boxed()
                    .filter(other -> other != of && together(byItem, of, other) > 0)
                    .sorted(Comparator.<Integer>comparingDouble(other -> -score(byItem, of, other))
                            .thenComparing(other -> other))
                    .limit(7)
                    .toList();
            List<Integer> actual = IntStream.range((int) lists.offsets()[item], (int) lists.offsets()[item + 1])
                    .mapToObj(entry -> lists.neighbours()[entry])
                    .toList();
            assertEquals(expected, actual, "item " + item + ", seed " + SEED);
        }
    }

    private static float score(SparseRows byItem, int one, int other) {
        double lengths = Math.sqrt(together(byItem, one, one)) * Math.sqrt(together(byItem, other, other));
        return (float) (together(byItem, one, other) / (lengths + 3));
    }

    private static double together(SparseRows byItem, int one, int other) {
        double sum = 0;
        for (int e = byItem.start(one); e < byItem.end(one); e++) {
            for (int f = byItem.start(other); f < byItem.end(other); f++) {
                sum += byItem.column(e) == byItem.column(f) ? byItem.value(e) * byItem.value(f) : 0;
            }
        }
        return sum;
    }

    @Test
    void any_number_of_threads_gives_the_same_lists() {
        SparseRows interactions = Interactions.grouped(200, 100, 9, SEED);
        Neighbours one = Covisitation.fit(interactions, new CovisitationSettings(20, 3, 1000, 1), Progress.SILENT);
        Neighbours many = Covisitation.fit(interactions, new CovisitationSettings(20, 3, 1000, 5), Progress.SILENT);
        assertArrayEquals(one.neighbours(), many.neighbours());
        assertArrayEquals(one.scores(), many.scores());
    }

    @Test
    void no_user_counts_with_more_than_the_longest_history() {
        SparseRows interactions = Interactions.grouped(1, 100, 60, SEED);
        Neighbours lists = Covisitation.fit(interactions, new CovisitationSettings(1000, 0, 5, 1), Progress.SILENT);
        assertEquals(5 * 4, lists.neighbours().length);
    }

    @Test
    void interrupting_stops_the_count() {
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> fit(SMALL, 10, 0));
        assertEquals(true, Thread.interrupted());
    }
}
