package dev.funnel.trainer.rank;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.trainer.rank.MeanCalibration.Link;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class MeanCalibrationTest {
    private static final long SEED = 3;

    @Test
    void odds_that_are_off_by_a_factor_and_a_power_are_put_right() {
        SplittableRandom random = new SplittableRandom(SEED);
        float[] logits = new float[200_000];
        float[] observed = new float[logits.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) random.nextGaussian();
            observed[i] = (float) (Math.exp(.8 * logits[i] + .5) * -Math.log(random.nextDouble()));
        }
        MeanCalibration line = MeanCalibration.fit(Link.ODDS, logits, observed);
        assertEquals(.8, line.slope(), .02, "seed " + SEED);
        assertEquals(.5, line.shift(), .02, "seed " + SEED);
    }

    @Test
    void probabilities_that_are_too_bold_are_put_right() {
        SplittableRandom random = new SplittableRandom(SEED);
        float[] logits = new float[200_000];
        float[] observed = new float[logits.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (3 * random.nextGaussian());
            observed[i] = random.nextDouble() < 1 / (1 + Math.exp(-.5 * logits[i] + 1)) ? 1 : 0;
        }
        MeanCalibration line = MeanCalibration.fit(Link.PROBABILITY, logits, observed);
        assertEquals(.5, line.slope(), .02, "seed " + SEED);
        assertEquals(-1, line.shift(), .03, "seed " + SEED);
    }

    @Test
    void examples_that_tell_no_line_change_nothing() {
        assertEquals(MeanCalibration.NONE, MeanCalibration.fit(Link.ODDS, new float[3], new float[] {1, 2, 3}));
        assertEquals(
                MeanCalibration.NONE,
                MeanCalibration.fit(Link.ODDS, new float[] {0, 1, 2, 3}, new float[] {8, 4, 2, 1}),
                "a line that falls would turn the order round");
    }
}
