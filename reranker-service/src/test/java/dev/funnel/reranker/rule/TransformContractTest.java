package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.reranker.rerank.Traced;
import dev.funnel.reranker.snapshot.RerankerSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every score transform promises, on random requests. A transform's test extends this and adds its own cases. */
abstract class TransformContractTest {
    private static final int SEEDS = 20;
    private static final int ITEMS = 30;

    /** The transform under test. */
    abstract ScoreTransform transform();

    @Test
    void only_the_candidates_given_change() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RerankInput input = input(seed, seed);
            int[] half = IntStream.range(0, ITEMS / 2).toArray();
            float[] scores = input.pool().scores();
            transform().apply(input, half, scores);
            for (int position = ITEMS / 2; position < ITEMS; position++) {
                assertEquals(input.pool().score(position), scores[position], "seed " + seed);
            }
        }
    }

    @Test
    void an_items_new_score_depends_on_that_item_alone() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RerankInput input = input(seed, seed);
            float[] together = input.pool().scores();
            transform().apply(input, IntStream.range(0, ITEMS).toArray(), together);
            float[] oneByOne = input.pool().scores();
            for (int position = ITEMS - 1; position >= 0; position--) {
                transform().apply(input, new int[] {position}, oneByOne);
            }
            assertArrayEquals(together, oneByOne, "seed " + seed);
        }
    }

    @Test
    void new_scores_do_not_depend_on_the_order_of_arrival() {
        for (long seed = 0; seed < SEEDS; seed++) {
            assertEquals(scoresById(input(seed, 1)), scoresById(input(seed, 2)), "seed " + seed);
        }
    }

    @Test
    void finite_scores_stay_finite() {
        RerankInput input = input(5, 5);
        for (float extreme : new float[] {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, 0, -1e-30f}) {
            float[] scores = new float[ITEMS];
            Arrays.fill(scores, extreme);
            transform().apply(input, IntStream.range(0, ITEMS).toArray(), scores);
            for (float score : scores) {
                assertTrue(Float.isFinite(score), extreme + " became " + score);
            }
        }
    }

    @Test
    void every_change_has_a_reason_and_something_changes() {
        int changes = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            RerankInput input = input(seed, seed);
            float[] scores = input.pool().scores();
            transform().apply(input, IntStream.range(0, ITEMS).toArray(), scores);
            for (int position = 0; position < ITEMS; position++) {
                float before = input.pool().score(position);
                if (scores[position] != before) {
                    changes++;
                    String reason = transform().reason(input, position, before, scores[position]);
                    assertFalse(reason.isBlank(), "seed " + seed);
                }
            }
        }
        assertTrue(changes > 0, "nothing ever changes");
    }

    @Test
    void an_item_that_it_pushed_out_of_the_slate_is_told_so() {
        Policy alone = new Policy(List.of(), List.of(transform()), List.of());
        int told = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            told += new Traced(alone, input(seed, seed), ITEMS / 10)
                    .pushedOutBy(transform().name());
        }
        assertTrue(told > 0, "never pushed one out");
    }

    private Map<String, Float> scoresById(RerankInput input) {
        float[] scores = input.pool().scores();
        transform().apply(input, IntStream.range(0, ITEMS).toArray(), scores);
        Map<String, Float> byId = new TreeMap<>();
        for (int position = 0; position < ITEMS; position++) {
            byId.put(input.pool().id(position), scores[position]);
        }
        return byId;
    }

    private static RerankInput input(long seed, long order) {
        Catalogue catalogue = Catalogue.random(ITEMS, 4, seed);
        RerankerSnapshot snapshot = catalogue.snapshot();
        return Request.random(catalogue, snapshot, seed, new Random(order)).input();
    }
}
