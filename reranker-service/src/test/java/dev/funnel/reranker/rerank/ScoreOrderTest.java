package dev.funnel.reranker.rerank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreOrderTest {
    @Test
    void best_scores_come_first_and_equal_ones_by_id() {
        String[] ids = {"b", "a", "d", "c", "e"};
        float[] scores = {1, 1, -3, 7, -0.5f};
        assertArrayEquals(new int[] {3, 1, 0, 4, 2}, ScoreOrder.sorted(new int[] {0, 1, 2, 3, 4}, scores, i -> ids[i]));
    }

    @Test
    void both_zeros_are_the_same_score() {
        String[] ids = {"b", "a", "c"};
        float[] scores = {0f, -0f, 0f};
        assertArrayEquals(new int[] {1, 0, 2}, ScoreOrder.sorted(new int[] {0, 1, 2}, scores, i -> ids[i]));
    }

    @Test
    void it_agrees_with_a_comparator_on_random_scores() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            String[] ids = random.ints(0, 1_000_000)
                    .distinct()
                    .limit(100)
                    .mapToObj(String::valueOf)
                    .toArray(String[]::new);
            float[] scores = new float[100];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = random.nextBoolean() ? random.nextInt(5) - 2 : (float) random.nextGaussian() * 1e30f;
            }
            int[] some = random.ints(0, 100).distinct().limit(60).toArray();
            int[] expected = IntStream.of(some)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingDouble(i -> -scores[i] + 0.0)
                            .thenComparing(i -> ids[i]))
                    .mapToInt(i -> i)
                    .toArray();
            assertArrayEquals(expected, ScoreOrder.sorted(some, scores, i -> ids[i]), "seed " + seed);
        }
    }
}
