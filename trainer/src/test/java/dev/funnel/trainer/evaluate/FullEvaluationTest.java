package dev.funnel.trainer.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.SparseRows;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FullEvaluationTest {
    private static final long SEED = 23;

    /** Two users, six items; the first has seen items 0 and 1, the second item 5. */
    private static final SparseRows TRAIN =
            SparseRows.of(2, 6, new int[] {0, 0, 1}, new int[] {0, 1, 5}, new float[] {1, 1, 1});

    private static Map<String, Double> evaluate(int[][] heldOut, int k, float[]... scores) {
        Scorer scorer = (user, into) -> System.arraycopy(scores[user % scores.length], 0, into, 0, into.length);
        return FullEvaluation.evaluate(scorer, TRAIN, heldOut, k, 2, Progress.SILENT);
    }

    private static void expect(Map<String, Double> metrics, String name, double value) {
        assertEquals(value, metrics.getOrDefault(name, Double.NaN), 1e-12, name + " of " + metrics);
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }

    @Test
    void a_ranking_that_can_be_counted_by_hand() {
        // First user, seen items left out: 5 4 3 2; held out are 4 and 2, at ranks 2 and 4.
        Map<String, Double> metrics =
                evaluate(new int[][] {{2, 4}, {}}, 3, new float[] {100, 90, 1, 2, 3, 4}, new float[6]);
        expect(metrics, "recall@3", 1 / 2.0);
        expect(metrics, "recall_of_all@3", 1 / 2.0);
        expect(metrics, "hr@3", 1);
        expect(metrics, "ndcg@3", (1 / log2(3)) / (1 + 1 / log2(3)));
    }

    @Test
    void recall_divides_by_no_more_items_than_there_are_places() {
        Map<String, Double> metrics = evaluate(new int[][] {{2, 3, 4, 5}, {}}, 2, new float[] {0, 0, 9, 8, 7, 6});
        expect(metrics, "recall@2", 1);
        expect(metrics, "recall_of_all@2", .5);
        expect(metrics, "ndcg@2", 1);
    }

    @Test
    void users_without_held_out_items_do_not_count() {
        Map<String, Double> metrics = evaluate(new int[][] {{}, {0}}, 1, new float[] {1, 0, 0, 0, 0, 0});
        expect(metrics, "hr@1", 1);
        expect(evaluate(new int[][] {{}, {}}, 1, new float[6]), "hr@1", 0);
    }

    @Test
    void equal_scores_stand_before_the_held_out_items_but_not_these_before_each_other() {
        // Items 2, 3 and 4 come first, item 5 is seen: the held-out ones stand at the fourth and fifth place.
        expect(evaluate(new int[][] {{}, {0, 1}}, 5, new float[6]), "recall@5", 1);
        expect(evaluate(new int[][] {{}, {0, 1}}, 4, new float[6]), "recall@4", .5);
        expect(evaluate(new int[][] {{}, {0, 1}}, 3, new float[6]), "hr@3", 0);
    }

    @Test
    void a_score_that_is_not_a_number_is_worth_nothing_when_held_out_and_everything_otherwise() {
        float nan = Float.NaN;
        expect(evaluate(new int[][] {{}, {0}}, 4, new float[] {nan, 0, 0, 0, 0, 0}), "hr@4", 0);
        expect(evaluate(new int[][] {{}, {0}}, 1, new float[] {5, nan, 0, 0, 0, 0}), "hr@1", 0);
        expect(evaluate(new int[][] {{}, {0}}, 2, new float[] {5, nan, 0, 0, 0, 0}), "hr@2", 1);
    }

    @Test
    void more_places_than_items_hold_all_of_them() {
        Map<String, Double> metrics = evaluate(new int[][] {{}, {0, 1}}, 1_000, new float[6]);
        expect(metrics, "recall@1000", 1);
        expect(metrics, "recall_of_all@1000", 1);
    }

    @Test
    void ranks_are_those_of_counting_item_by_item() {
        Random random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            float[] scores = new float[6];
            for (int item = 0; item < scores.length; item++) {
                scores[item] = random.nextInt(4);
            }
            int[] heldOut = random.ints(2, 6)
                    .distinct()
                    .limit(1 + random.nextInt(3))
                    .sorted()
                    .toArray();
            assertEquals(
                    Arrays.toString(counted(scores, heldOut)),
                    Arrays.toString(HeldOutRanks.of(scores.clone(), TRAIN, 0, heldOut)),
                    Arrays.toString(scores) + " " + Arrays.toString(heldOut) + ", seed " + SEED);
        }
    }

    /** From the definition, for the user who has seen items 0 and 1. */
    private static int[] counted(float[] scores, int[] heldOut) {
        int[] ranks = new int[heldOut.length];
        for (int h = 0; h < heldOut.length; h++) {
            for (int item = 2; item < scores.length; item++) {
                boolean held = Arrays.binarySearch(heldOut, item) >= 0;
                boolean above = scores[item] > scores[heldOut[h]];
                boolean tied = scores[item] == scores[heldOut[h]];
                ranks[h] += above || tied && (!held || item < heldOut[h]) ? 1 : 0;
            }
        }
        Arrays.sort(ranks);
        return ranks;
    }
}
