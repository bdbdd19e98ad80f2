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

    /** Nearer to 1 too little of a float is left to tell how far a chance is from it. */
    private static final double SUREST = 1 - 1e-5;

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

    /** The guess as a chance, above 0 and below 1 as a float as well: where it is nearer to either, learning begins a little off. */
    double chance() {
        return Math.clamp(1 / (1 + Math.exp(-initialLogit)), LEAST, SUREST);
    }
}
