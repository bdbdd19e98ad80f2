package dev.funnel.inference.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class NumberScaleTest {
    private static final NumberScale.Quantiles QUANTILES =
            new NumberScale.Quantiles(new float[] {10, 20, 40}, new float[] {0.1f, 0.5f, 0.9f});

    @Test
    void a_stored_value_has_its_stored_share() {
        assertEquals(0.5f, QUANTILES.apply(20));
    }

    @Test
    void a_value_between_two_has_a_share_between_theirs() {
        assertEquals(0.7f, QUANTILES.apply(30), 1e-6f);
        assertEquals(0.2f, QUANTILES.apply(12.5f), 1e-6f);
    }

    @Test
    void a_value_outside_has_the_share_at_the_end() {
        assertEquals(0.1f, QUANTILES.apply(-1e30f));
        assertEquals(0.9f, QUANTILES.apply(1e30f));
    }

    @Test
    void quantiles_that_do_not_ascend_are_refused() {
        float[] shares = {0, 1};
        assertThrows(IllegalArgumentException.class, () -> new NumberScale.Quantiles(new float[] {1, 1}, shares));
        assertThrows(IllegalArgumentException.class, () -> new NumberScale.Quantiles(new float[] {1}, shares));
        assertThrows(
                IllegalArgumentException.class,
                () -> new NumberScale.Quantiles(new float[] {1, 2}, new float[] {1, 0}));
    }

    @Test
    void a_standard_value_is_a_distance_from_the_mean_and_is_clipped() {
        NumberScale.Standard standard = new NumberScale.Standard(100, 10);
        assertEquals(-2, standard.apply(80));
        assertEquals(8, standard.apply(1e30f));
        assertThrows(IllegalArgumentException.class, () -> new NumberScale.Standard(0, 0));
    }

    @Test
    void a_value_as_it_is_cannot_overflow_a_network() {
        assertEquals(3, new NumberScale.Unscaled().apply(3));
        assertEquals(1e6f, new NumberScale.Unscaled().apply(Float.MAX_VALUE));
    }
}
