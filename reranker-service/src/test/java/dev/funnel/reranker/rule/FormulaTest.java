package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class FormulaTest extends TransformContractTest {
    @Override
    ScoreTransform transform() {
        return new Formula("formula", "score * 2.0 + scores.watch_time");
    }

    @Test
    void a_formula_that_cannot_be_evaluated_leaves_the_score() {
        RerankInput input =
                new Request(new Catalogue(0).item("a")).candidate("a", 3).input();
        float[] scores = {3};
        transform().apply(input, new int[] {0}, scores);
        assertArrayEquals(new float[] {3}, scores);
        new Formula("f", "score / 0.0").apply(input, new int[] {0}, scores);
        assertArrayEquals(new float[] {3}, scores);
        new Formula("f", "score < 4.0 ? 8 : 9").apply(input, new int[] {0}, scores);
        assertArrayEquals(new float[] {8}, scores);
    }
}
