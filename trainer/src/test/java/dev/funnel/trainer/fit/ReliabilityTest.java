package dev.funnel.trainer.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Calibration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReliabilityTest {

    private static final long SEED = 3;

    private static Reliability of(Calibration said, Calibration true_, int size) {
        SplittableRandom random = new SplittableRandom(SEED);
        float[] scores = new float[size];
        boolean[] watched = new boolean[size];
        for (int i = 0; i < size; i++) {
            scores[i] = (float) (4 * random.nextDouble() - 2);
            watched[i] = random.nextDouble() < true_.probability(scores[i]);
        }
        return Reliability.of(said, scores, watched);
    }

    @Test
    void a_calibration_that_is_right_is_near_what_comes_true_in_every_decile() {
        Calibration right = new Calibration(1, -1);
        Reliability reliability = of(right, right, 50_000);
        assertEquals(10, reliability.predicted().length);
        for (int part = 0; part < 10; part++) {
            assertEquals(reliability.predicted()[part], reliability.observed()[part], .02, "seed " + SEED);
        }
        assertTrue(reliability.error() < .01, "seed " + SEED);
    }

    @Test
    void one_that_promises_too_much_is_found_out() {
        assertTrue(of(new Calibration(1, 0), new Calibration(1, -1), 50_000).error() > .1, "seed " + SEED);
    }

    @Test
    void without_observations_there_is_no_figure() {
        assertTrue(Double.isNaN(Reliability.of(new Calibration(1, 0), new float[0], new boolean[0])
                .error()));
    }
}
