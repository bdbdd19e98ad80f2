package dev.funnel.trainer.rank;

import dev.funnel.bundle.HeadReliability;
import java.util.List;

/**
 * How good a ranker's values are on examples it has not seen, at the positions at which they were shown.
 *
 * @param examples how many
 * @param loss mean cost of an example, what training minimises: each head's in shares of what it costs to predict its mean
 * @param perUserLoss weighted per-user loss of the first head, see {@link MetricsCount#perUserLoss}
 * @param auc probability that a positive has a higher value of the first head than a negative
 * @param reliability per head
 */
public record RankerMetrics(
        int examples, double loss, double perUserLoss, double auc, List<HeadReliability> reliability) {
    public RankerMetrics {
        reliability = List.copyOf(reliability);
    }
}
