package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExploreTest extends TransformContractTest {
    @Override
    ScoreTransform transform() {
        return new Explore("explore", 0.3);
    }

    @Test
    void the_same_seed_gives_the_same_scores_and_another_seed_other_ones() {
        assertEquals(explored(1), explored(1));
        assertNotEquals(explored(1), explored(2));
    }

    @Test
    void draws_are_standard_normal() {
        double[] draws = IntStream.range(0, 100_000)
                .mapToDouble(i -> SeededDraw.normal(i % 7, "item-" + i))
                .toArray();
        double mean = IntStream.range(0, draws.length)
                .mapToDouble(i -> draws[i])
                .average()
                .orElseThrow();
        double variance = IntStream.range(0, draws.length)
                .mapToDouble(i -> draws[i] * draws[i])
                .average()
                .orElseThrow();
        double beyondTwo = IntStream.range(0, draws.length)
                        .filter(i -> Math.abs(draws[i]) > 2)
                        .count()
                / 1e5;
        assertEquals(0, mean, 0.02);
        assertEquals(1, variance, 0.03);
        assertEquals(0.0455, beyondTwo, 0.004);
    }

    private float explored(long seed) {
        RerankInput input = new Request(new Catalogue(0).item("a"))
                .candidate("a", 10)
                .seed(seed)
                .input();
        float[] scores = input.pool().scores();
        transform().apply(input, new int[] {0}, scores);
        return scores[0];
    }
}
