package dev.funnel.trainer.train;

import dev.funnel.bundle.HeadReliability;
import dev.funnel.trainer.rank.MetricsCount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How good the ranker is on held-out pages.
 *
 * @param impressions how many
 * @param perUserLoss the {@link MetricsCount#perUserLoss weighted per-user loss} of the ranker's order, served
 * @param perUserLossOf the same of each generator's own score, by its name
 * @param auc probability that a clicked impression has a higher score than an unclicked one, as shown
 * @param reliability what each head predicted against what was seen, as shown, by group; the first is the first head's over all
 */
public record RankerReport(
        int impressions,
        double perUserLoss,
        Map<String, Double> perUserLossOf,
        double auc,
        List<HeadReliability> reliability) {

    static RankerReport of(HeldOutPages pages) {
        Map<String, Double> losses = new LinkedHashMap<>();
        pages.generators()
                .forEach((generator, scores) ->
                        losses.put(generator, pages.count(scores).perUserLoss()));
        return new RankerReport(
                pages.size(),
                pages.count(pages.served()).perUserLoss(),
                losses,
                pages.count(pages.shown()).auc(),
                new HeldOutReliability(pages).all());
    }

    /** Predicted over observed of the first head, 1 is right. */
    public double calibration() {
        return reliability.getFirst().ratio();
    }

    /** Of ten parts by prediction of the first head, the ratio that is furthest from 1. */
    public double worstDecile() {
        return reliability.getFirst().worstRatio();
    }
}
