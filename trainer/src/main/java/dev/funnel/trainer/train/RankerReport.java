package dev.funnel.trainer.train;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How good the ranker is on held-out pages.
 *
 * @param impressions how many
 * @param perUserLoss the weighted per-user loss (Covington et al. 2016, section 4.4) of the ranker's order, served: the share of
 *     watch time that lies on pairs of a clicked and an unclicked video of one page in the wrong order; a tie is half wrong
 * @param perUserLossOf the same of each generator's own score, by its name
 * @param auc probability that a clicked impression has a higher value than an unclicked one, as shown
 * @param calibration predicted over actual watch time, as shown; 1 is right
 * @param worstDecile of ten parts by predicted watch time, the ratio that is furthest from 1
 */
public record RankerReport(
        int impressions,
        double perUserLoss,
        Map<String, Double> perUserLossOf,
        double auc,
        double calibration,
        double worstDecile) {

    private static final int PARTS = 10;

    static RankerReport of(HeldOutPages pages) {
        Map<String, Double> losses = new LinkedHashMap<>();
        pages.generators().forEach((generator, scores) -> losses.put(generator, perUserLoss(pages, scores)));
        int[] byValue = Ordering.ascending(pages.size(), i -> pages.shown()[i]);
        double worst = 1;
        for (int part = 0; part < PARTS; part++) {
            double ratio = ratio(pages, byValue, part * pages.size() / PARTS, (part + 1) * pages.size() / PARTS);
            worst = Math.abs(Math.log(ratio)) > Math.abs(Math.log(worst)) ? ratio : worst;
        }
        return new RankerReport(
                pages.size(),
                perUserLoss(pages, pages.served()),
                losses,
                auc(pages, byValue),
                ratio(pages, byValue, 0, pages.size()),
                worst);
    }

    private static double ratio(HeldOutPages pages, int[] order, int from, int to) {
        double predicted = 0;
        double actual = 0;
        for (int i = from; i < to; i++) {
            predicted += pages.shown()[order[i]];
            actual += pages.clicked(order[i]) ? pages.watched(order[i]) : 0;
        }
        return actual == 0 ? Double.POSITIVE_INFINITY : predicted / actual;
    }

    private static double perUserLoss(HeldOutPages pages, float[] scores) {
        double wrong = 0;
        double all = 0;
        for (int p = 0; p + 1 < pages.pageStarts().length; p++) {
            for (int i = pages.pageStarts()[p]; i < pages.pageStarts()[p + 1]; i++) {
                for (int j = pages.pageStarts()[p]; pages.clicked(i) && j < pages.pageStarts()[p + 1]; j++) {
                    if (!pages.clicked(j)) {
                        all += pages.watched(i);
                        wrong += scores[i] > scores[j]
                                ? 0
                                : scores[i] < scores[j] ? pages.watched(i) : pages.watched(i) / 2;
                    }
                }
            }
        }
        return all == 0 ? Double.NaN : wrong / all;
    }

    /** By rank sums (Mann and Whitney 1947), ties sharing their mean rank. */
    private static double auc(HeldOutPages pages, int[] ascending) {
        double rankSum = 0;
        double clicked = 0;
        for (int from = 0, to; from < ascending.length; from = to) {
            to = from + 1;
            while (to < ascending.length && pages.shown()[ascending[to]] == pages.shown()[ascending[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                if (pages.clicked(ascending[i])) {
                    rankSum += (from + to + 1) / 2.0;
                    clicked++;
                }
            }
        }
        double unclicked = ascending.length - clicked;
        return (rankSum - clicked * (clicked + 1) / 2) / (clicked * unclicked);
    }
}
