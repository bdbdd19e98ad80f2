package dev.funnel.trainer.rank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.HeadReliability.Part;
import dev.funnel.trainer.rank.MeanCalibration.Link;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BendCalibrationTest {
    private static final long SEED = 4;
    private static final int EXAMPLES = 200_000;

    /** Predictions that are right about what is good, and too low by a third about what is poor. */
    private static float[] tooSureBelow(float[] logits, SplittableRandom random) {
        float[] observed = new float[EXAMPLES];
        for (int i = 0; i < EXAMPLES; i++) {
            logits[i] = (float) (2 + 1.5 * random.nextGaussian());
            double mean = Math.exp(logits[i] + (logits[i] < 2 ? .4 : logits[i] < 3 ? .4 * (3 - logits[i]) : 0));
            observed[i] = random.nextDouble() < .3 ? (float) (-mean / .3 * Math.log(random.nextDouble())) : 0;
        }
        return observed;
    }

    @Test
    void what_a_straight_line_cannot_mend_is_put_right_in_every_decile() {
        float[] logits = new float[EXAMPLES];
        float[] observed = tooSureBelow(logits, new SplittableRandom(SEED));
        BendCalibration bend = BendCalibration.fit(Link.ODDS, logits, observed);
        float[] predicted = new float[EXAMPLES];
        for (int i = 0; i < EXAMPLES; i++) {
            predicted[i] = (float) Math.exp(bend.at(logits[i]));
        }
        List<Part> deciles = ReliabilityParts.of(predicted, observed, ReliabilityParts.DECILES);
        deciles.forEach(part -> assertEquals(1, part.predicted() / part.observed(), .08, part + ", seed " + SEED));
    }

    @Test
    void the_order_stays_whatever_was_seen() {
        SplittableRandom random = new SplittableRandom(SEED);
        float[] logits = new float[EXAMPLES];
        float[] observed = new float[EXAMPLES];
        for (int i = 0; i < EXAMPLES; i++) {
            logits[i] = (float) random.nextGaussian();
            observed[i] = random.nextDouble() < (logits[i] < 0 ? .9 : .1) ? 1 : 0;
        }
        BendCalibration bend = BendCalibration.fit(Link.PROBABILITY, logits, observed);
        for (double z = -5; z < 5; z += .01) {
            assertTrue(bend.at(z + .01) > bend.at(z), "at " + z + ", " + bend);
        }
    }

    @Test
    void a_few_positives_bend_nothing() {
        BendCalibration bend = BendCalibration.fit(Link.ODDS, new float[] {1, 2, 3}, new float[] {5, 0, 1});
        assertEquals(0, bend.knots().length);
    }
}
