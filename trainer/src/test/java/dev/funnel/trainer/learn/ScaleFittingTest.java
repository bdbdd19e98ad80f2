package dev.funnel.trainer.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.inference.feature.NumberScale;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ScaleFittingTest {
    private static final long SEED = 17;

    @Test
    void quantiles_turn_any_distribution_into_an_even_one() {
        Random random = new Random(SEED);
        float[] sample = new float[20_000];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = (float) Math.exp(2 * random.nextGaussian());
        }
        NumberScale.Quantiles quantiles = ScaleFitting.quantiles(sample);
        Arrays.sort(sample);
        for (double share : new double[] {0.05, 0.3, 0.5, 0.77, 0.95}) {
            float value = sample[(int) (share * sample.length)];
            assertEquals(share, quantiles.apply(value), 0.005, "seed " + SEED);
        }
    }

    @Test
    void a_frequent_value_lies_in_the_middle_of_its_step() {
        NumberScale.Quantiles quantiles = ScaleFitting.quantiles(new float[] {0, 0, 0, 0, 0, 0, 1, 1, 1, 1});
        assertEquals(0.3f, quantiles.apply(0), 1e-6f);
        assertEquals(0.8f, quantiles.apply(1), 1e-6f);
    }

    @Test
    void missing_values_do_not_count() {
        assertEquals(
                0.5f,
                ScaleFitting.quantiles(new float[] {Float.NaN, 3, Float.NaN}).apply(3));
        NumberScale.Standard standard = ScaleFitting.standard(new float[] {Float.NaN, 1, 3});
        assertEquals(2, standard.mean());
        assertEquals(1, standard.deviation());
    }

    @Test
    void nothing_known_has_a_scale_all_the_same() {
        assertEquals(0.5f, ScaleFitting.quantiles(new float[] {Float.NaN}).apply(12));
        assertEquals(0, ScaleFitting.standard(new float[0]).apply(0));
        assertEquals(0, ScaleFitting.standard(new float[] {4, 4}).apply(4));
    }
}
