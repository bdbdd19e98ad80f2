package dev.funnel.trainer.train;

import dev.funnel.trainer.read.ImpressionLog;
import dev.funnel.trainer.simulate.DemoWorld;

/**
 * How much of where the site showed items is left in what a ranker says of them: predicted expected watch time over the true one of the demo
 * world, both as if each held-out impression had been shown first. Both figures are 1 without bias; where the lower one is below the upper one, what
 * stood low is thought worse than it is (the position-based model: Craswell et al. 2008, <i>An experimental comparison of click
 * position-bias models</i>, section 3).
 *
 * @param upper of impressions in the upper half of their page
 * @param lower of those in the lower half
 */
public record PositionBias(double upper, double lower) {

    /** Of what was predicted for held-out pages of the world's log. */
    public static PositionBias of(DemoWorld world, HeldOutPages heldOut) {
        ImpressionLog log = heldOut.log();
        double[] predicted = new double[2];
        double[] truth = new double[2];
        for (int page = 0; page + 1 < heldOut.pageStarts().length; page++) {
            int from = heldOut.pageStarts()[page];
            int to = heldOut.pageStarts()[page + 1];
            for (int i = from; i < to; i++) {
                int impression = heldOut.impressions()[i];
                int half = 2 * log.positions()[impression] < to - from ? 0 : 1;
                predicted[half] += heldOut.served()[i];
                truth[half] += world.expectedWatchSeconds(
                        log.users()[impression], log.items()[impression], 0, log.timesMs()[impression]);
            }
        }
        return new PositionBias(predicted[0] / truth[0], predicted[1] / truth[1]);
    }
}
