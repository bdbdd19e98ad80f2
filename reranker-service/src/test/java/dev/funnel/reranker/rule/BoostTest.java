package dev.funnel.reranker.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.Operand;
import org.junit.jupiter.api.Test;

class BoostTest extends TransformContractTest {
    private static final ItemPredicate GERMAN = new ItemPredicate.Equal("language", new Operand.Text("de"));

    @Override
    ScoreTransform transform() {
        return new Boost("german", GERMAN, null, 0.5);
    }

    @Test
    void a_penalty_lowers_every_score_it_meets_whatever_its_sign() {
        RerankInput input = new Request(new Catalogue(0)
                        .item("a")
                        .language("de")
                        .item("b")
                        .language("de")
                        .item("c")
                        .language("en"))
                .candidate("a", 8)
                .candidate("b", -8)
                .candidate("c", 8)
                .input();
        float[] scores = input.pool().scores();
        transform().apply(input, new int[] {0, 1, 2}, scores);
        assertArrayEquals(new float[] {4, -16, 8}, scores);
        assertEquals("-50 %", transform().reason(input, 0, 8, 4));
    }

    @Test
    void a_factor_out_of_bounds_is_refused_naming_the_key() {
        Exception refused = assertThrows(IllegalArgumentException.class, () -> new Boost("german", GERMAN, null, 0));
        assertTrue(message(refused).contains("factor"), message(refused));
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
