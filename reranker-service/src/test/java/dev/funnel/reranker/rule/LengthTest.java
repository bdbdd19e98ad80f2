package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LengthTest extends TransformContractTest {
    @Override
    ScoreTransform transform() {
        return new Length("length", "duration_seconds", Duration.ofMinutes(5), 3, 0.5);
    }

    @Test
    void nothing_is_lost_at_the_ideal_and_as_much_by_a_factor_shorter_as_longer() {
        assertEquals(10, scored(300), 1e-5);
        double lost = 10 * (1 - 0.5 * (1 - Math.exp(-1)));
        assertEquals(lost, scored(100), 1e-4);
        assertEquals(lost, scored(900), 1e-4);
        assertEquals(10, scored(Float.NaN));
    }

    private float scored(float seconds) {
        RerankInput input = new Request(new Catalogue(0).item("a").duration(seconds))
                .candidate("a", 10)
                .input();
        float[] scores = {10};
        transform().apply(input, new int[] {0}, scores);
        return scores[0];
    }
}
