package dev.funnel.trainer.rank;

import dev.funnel.trainer.rank.RankerSettings.Weighting;
import java.util.List;

/**
 * Where one head begins: at the best guess that knows no feature. Heads share a trunk, and seconds weigh more than clicks, so each
 * head's cost is counted in shares of what that guess costs.
 *
 * @param initialLogit logarithm of the odds of the guess
 * @param cost what the guess costs an example
 */
record HeadScale(HeadKind head, float initialLogit, float cost) {
    private static final double LEAST = 1e-6;

    static HeadScale of(HeadKind head, Weighting weighting, List<ReadPage> pages) {
        double positives = 0;
        double negatives = 0;
        long count = 0;
        for (ReadPage page : pages) {
            for (int i = 0; i < page.size(); i++) {
                positives += head.observed(page.page(), i);
                negatives += head.negative(page.page(), i, weighting);
            }
            count += page.size();
        }
        double positive = Math.max(LEAST, positives / count);
        double negative = Math.max(LEAST, negatives / count);
        double cost = negative * Math.log1p(positive / negative) + positive * Math.log1p(negative / positive);
        return new HeadScale(head, (float) Math.log(positive / negative), (float) cost);
    }
}
