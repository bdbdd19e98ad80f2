package dev.funnel.trainer.rank;

import dev.funnel.inference.feature.FeatureValue;
import dev.funnel.inference.feature.Unclicked;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Examples that share a user, a time and a context: what was shown on one page, or a user's positives and drawn negatives.
 *
 * @param user row of the user table; -1 is an anonymous visitor
 * @param timeMs milliseconds since 1970; 0 is unknown
 * @param items item indexes
 * @param positions of each, from 1; empty if unknown
 * @param weights of each as a positive, e.g. seconds watched; 0 for one that is none
 * @param positive whether each is one
 * @param liked whether each was liked; empty if nobody could tell
 * @param unclicked how often each was shown to the user before without a click; null if it is not known
 * @param sources names of the generators that nominated each; empty if nobody could tell
 */
record Page(
        int user,
        long timeMs,
        Map<String, FeatureValue> context,
        int[] items,
        int[] positions,
        float[] weights,
        boolean[] positive,
        boolean[] liked,
        @Nullable Unclicked unclicked,
        String[][] sources) {
    int size() {
        return items.length;
    }
}
