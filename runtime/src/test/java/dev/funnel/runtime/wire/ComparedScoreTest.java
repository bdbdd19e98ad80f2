package dev.funnel.runtime.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparedScoreTest {

    @ParameterizedTest
    @ValueSource(floats = {1, -1, 123.25f, 1e-30f, -7.5e20f, 0})
    void what_differs_in_the_last_bits_is_equal_and_what_differs_by_more_is_not(float score) {
        assertEquals(ComparedScore.of(score), ComparedScore.of(score * (1 + 3e-7f)));
        assertEquals(score, ComparedScore.of(score), 1e-5 * Math.abs(score));
        if (score != 0) {
            assertTrue(ComparedScore.of(Math.abs(score) * (1 + 3e-5f)) > ComparedScore.of(Math.abs(score)));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.MAX_VALUE, -Float.MAX_VALUE})
    void the_largest_stay_finite(float score) {
        assertEquals(score, ComparedScore.of(score));
    }
}
