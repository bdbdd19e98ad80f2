package dev.funnel.trainer.rank;

import java.util.List;

/**
 * How good a ranker's values are on examples it has not seen.
 *
 * @param examples how many
 * @param weightedLoss mean cost of an example, what training minimises
 * @param weightedPerUserLoss share of the watch time that is on wrongly ordered pairs of a clicked and an unclicked item of
 *     the same page (Covington et al. 2016, section 4.4); a tie is half wrong
 * @param auc probability that a clicked example has a higher value than an unclicked one
 * @param deciles examples by falling value in ten parts of equal size
 */
public record RankerMetrics(
        int examples, double weightedLoss, double weightedPerUserLoss, double auc, List<Decile> deciles) {
    public RankerMetrics {
        deciles = List.copyOf(deciles);
    }

    /**
     * A tenth of the examples.
     *
     * @param predicted mean value
     * @param actual mean weight as a positive, e.g. seconds watched
     */
    public record Decile(double predicted, double actual) {}
}
