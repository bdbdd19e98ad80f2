package dev.funnel.inference.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NumberScaleTest {
    private static final long SEED = 3;
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
        assertEquals(0.1f, QUANTILES.apply(Float.NEGATIVE_INFINITY));
        assertEquals(0.9f, QUANTILES.apply(Float.POSITIVE_INFINITY));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NEGATIVE_INFINITY, -1, -0f, 0, 1, Float.POSITIVE_INFINITY})
    void of_a_single_point_every_value_has_its_share(float value) {
        assertEquals(0.5f, new NumberScale.Quantiles(new float[] {0}, new float[] {0.5f}).apply(value));
    }

    @Test
    void of_a_column_what_is_missing_has_the_number_for_it_and_nothing_else_has() {
        float negativeNan = Float.intBitsToFloat(-1);
        float[] raw = {
            7,
            Float.NaN,
            negativeNan,
            20,
            -0f,
            0f,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.MAX_VALUE,
            Float.MIN_VALUE
        };
        List<NumberScale> scales = List.of(
                QUANTILES,
                new NumberScale.Standard(0, 10),
                new NumberScale.Unscaled(),
                new NumberScale.Quantiles(new float[] {-3, 0, 5}, new float[] {0, .5f, 1}));
        for (NumberScale scale : scales) {
            float[] scaled = new float[raw.length - 1];
            scale.apply(raw, 1, scaled.length, -5, scaled);
            for (int i = 0; i < scaled.length; i++) {
                float value = raw[1 + i];
                assertEquals(Float.isNaN(value) ? -5 : scale.apply(value), scaled[i], scale + " of " + value);
                assertEquals(Float.isNaN(value) ? 1 : 0, Missing.flag(value), "flag of " + value);
            }
            scale.apply(raw, 0, 1, Float.NaN, scaled);
            assertEquals(scale.apply(7), scaled[0]);
        }
    }

    @Test
    void among_many_crowded_points_it_interpolates_between_the_two_around_a_value() {
        Random random = new Random(SEED);
        TreeSet<Float> values = new TreeSet<>();
        while (values.size() < 60_000) { // most of them between 1 and 1.01
            values.add(values.size() % 10 == 0 ? (random.nextFloat() - .5f) * 1e6f : 1 + random.nextFloat() * .01f);
        }
        float[] points = new float[values.size()];
        float[] shares = new float[points.length];
        int at = 0;
        for (float value : values) {
            points[at] = value;
            shares[at] = (float) at++ / values.size();
        }
        NumberScale.Quantiles crowded = new NumberScale.Quantiles(points, shares);
        for (int i = 0; i < 20_000; i++) {
            float value = i % 2 == 0 ? 1 + random.nextFloat() * .01f : (random.nextFloat() - .5f) * 9e5f;
            int above = Arrays.binarySearch(points, value);
            above = above < 0 ? -above - 1 : above;
            double part = above == 0 ? 1 : ((double) value - points[above - 1]) / (points[above] - points[above - 1]);
            double expected = above == 0 ? 0 : shares[above - 1] + part * (shares[above] - shares[above - 1]);
            assertEquals(expected, crowded.apply(value), 1e-5, () -> "at " + value + ", seed " + SEED);
        }
    }

    @Test
    void more_points_than_a_scale_may_have_are_refused() {
        float[] ascending = new float[65_537];
        for (int i = 0; i < ascending.length; i++) {
            ascending[i] = i;
        }
        String refusal = assertThrows(
                        IllegalArgumentException.class,
                        () -> new NumberScale.Quantiles(ascending, new float[ascending.length]))
                .getMessage();
        assertEquals("65537 quantiles, must be at most 65536", refusal);
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
