package dev.funnel.trainer.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Calibration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CalibrationsTest {
    private static final long SEED = 12;

    private record Observations(float[] scores, boolean[] watched) {}

    /** Watched with the probability that a known calibration gives the score. */
    private static Observations drawn(Calibration truth, double mean, double deviation, int count) {
        Random random = new Random(SEED);
        float[] scores = new float[count];
        boolean[] watched = new boolean[count];
        for (int i = 0; i < count; i++) {
            scores[i] = (float) (mean + deviation * random.nextGaussian());
            watched[i] = random.nextDouble() < truth.probability(scores[i]);
        }
        return new Observations(scores, watched);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0, 1", "0.002, -1, 300, 500", "400, -3, 0.004, 0.005", "0.02, -4, 0, 1"})
    void a_known_calibration_is_found_again(double slope, double intercept, double mean, double deviation) {
        Calibration truth = new Calibration(slope, intercept);
        Observations drawn = drawn(truth, mean, deviation, 40_000);
        Calibration found = Calibrations.fit(drawn.scores(), drawn.watched());
        for (double z = -2; z <= 2; z += 0.5) {
            float score = (float) (mean + z * deviation);
            assertEquals(truth.probability(score), found.probability(score), 0.02, "score " + score + ", seed " + SEED);
        }
    }

    @Test
    void a_higher_score_never_means_less_even_where_it_was_watched_less() {
        Observations drawn = drawn(new Calibration(-2, -1), 300, 1, 10_000);
        Calibration found = Calibrations.fit(drawn.scores(), drawn.watched());
        assertTrue(found.probability(301) > found.probability(300), found.toString());
        assertTrue(found.probability(300) > found.probability(299.9f), found.toString());
    }

    @Test
    void scores_that_separate_perfectly_give_finite_numbers() {
        Calibration found = Calibrations.fit(new float[] {1, 2, 3, 4}, new boolean[] {false, false, true, true});
        assertTrue(found.probability(1) < 0.3 && found.probability(4) > 0.7, found.toString());
    }

    @Test
    void equal_scores_give_everything_the_share_that_was_watched() {
        float[] scores = new float[1000];
        boolean[] watched = new boolean[1000];
        for (int i = 0; i < 1000; i++) {
            scores[i] = 7;
            watched[i] = i % 5 == 0;
        }
        Calibration found = Calibrations.fit(scores, watched);
        assertEquals(0, found.slope());
        assertEquals(0.2, found.probability(123), 0.002);
    }

    @Test
    void without_observations_everything_is_even() {
        assertEquals(new Calibration(0, 0), Calibrations.fit(new float[0], new boolean[0]));
    }

    @Test
    void outliers_do_not_derail_the_steps() {
        Observations drawn = drawn(new Calibration(1, 0), 0, 1, 10_000);
        drawn.scores()[0] = 1e6f;
        Calibration found = Calibrations.fit(drawn.scores(), drawn.watched());
        assertTrue(Double.isFinite(found.slope()) && Double.isFinite(found.intercept()), found.toString());
    }

    @Test
    void scores_and_outcomes_must_be_as_many() {
        assertThrows(IllegalArgumentException.class, () -> Calibrations.fit(new float[2], new boolean[3]));
    }
}
