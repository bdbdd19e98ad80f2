package dev.funnel.trainer.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.fit.SparseRows;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NcfEvaluationTest {
    private static final int ITEMS = 200;

    /** One user who has seen items 0 to 9; item 100 is held out, against 101 to 199. */
    private static final NcfData ONE_USER = new NcfData(
            SparseRows.of(
                    1, ITEMS, new int[10], IntStream.range(0, 10).toArray(), new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1
                    }),
            new int[] {100},
            new int[][] {IntStream.range(101, 200).toArray()});

    private static Map<String, Double> evaluate(NcfData data, Scorer scorer) {
        return NcfEvaluation.evaluate(scorer, data, 2, Progress.SILENT);
    }

    /** Scores as given, all other items 0. */
    private static Scorer scores(Map<Integer, Float> scores) {
        return (user, into) -> {
            Arrays.fill(into, 0);
            scores.forEach((item, score) -> into[item] = score);
        };
    }

    @Test
    void the_best_item_first_is_perfect() {
        evaluate(ONE_USER, scores(Map.of(100, 1f))).forEach((name, value) -> assertEquals(1, value, name));
    }

    @Test
    void a_constant_scorer_hits_nothing() {
        evaluate(ONE_USER, (user, into) -> Arrays.fill(into, 3)).forEach((name, value) -> assertEquals(0, value, name));
    }

    @Test
    void a_scorer_that_answers_nonsense_hits_nothing() {
        evaluate(ONE_USER, (user, into) -> Arrays.fill(into, Float.NaN))
                .forEach((name, value) -> assertEquals(0, value, name));
    }

    @Test
    void an_equal_score_stands_before_the_held_out_item() {
        Map<String, Double> metrics = evaluate(ONE_USER, scores(Map.of(100, 1f, 150, 1f, 160, 2f)));
        assertEquals(1, metrics.get("hr@10"));
        assertEquals(1 / (Math.log(4) / Math.log(2)), metrics.getOrDefault("ndcg@10", 0.0), 1e-12);
    }

    @Test
    void the_held_out_item_among_its_own_negatives_counts_once() {
        NcfData data = new NcfData(ONE_USER.train(), new int[] {100}, new int[][] {
            IntStream.range(100, 199).toArray()
        });
        assertEquals(1, evaluate(data, scores(Map.of(100, 1f))).get("ndcg@10"));
    }

    @Test
    void items_seen_in_training_do_not_stand_in_the_full_ranking() {
        Map<String, Double> metrics = evaluate(ONE_USER, scores(Map.of(100, 1f, 3, 9f, 5, 9f, 50, 2f)));
        assertEquals(1 / (Math.log(3) / Math.log(2)), metrics.getOrDefault("full_ndcg@10", 0.0), 1e-12);
        assertEquals(1, metrics.get("ndcg@10"));
    }

    @Test
    void the_tenth_is_a_hit_and_the_eleventh_is_not() {
        for (int before : new int[] {9, 10, 49, 50}) {
            Map<String, Double> metrics = evaluate(ONE_USER, (user, into) -> {
                for (int item = 0; item < ITEMS; item++) {
                    into[item] = item == 100 ? 5 : item > 100 && item <= 100 + before ? 6 : 0;
                }
            });
            assertEquals(before < 10 ? 1.0 : 0.0, metrics.get("hr@10"), before + " before");
            assertEquals(before < 10 ? 1.0 : 0.0, metrics.get("full_hr@10"), before + " before");
            assertEquals(before < 50 ? 1.0 : 0.0, metrics.get("full_recall@50"), before + " before");
        }
    }

    @Test
    void an_item_that_was_not_ranked_counts_as_a_miss() {
        RankTally tally = new RankTally();
        tally.add(-1);
        tally.add(0);
        tally.add(3);
        tally.add(5_000);
        assertEquals(4, tally.users());
        assertEquals(0.5, tally.hitRate(10));
        assertEquals((1 + Math.log(2) / Math.log(5)) / 4, tally.ndcg(10), 1e-12);
    }
}
