package dev.funnel.trainer.rank;

import dev.funnel.inference.feature.FeatureValue;
import java.util.Map;

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
 */
record Page(
        int user,
        long timeMs,
        Map<String, FeatureValue> context,
        int[] items,
        int[] positions,
        float[] weights,
        boolean[] positive,
        boolean[] liked) {
    int size() {
        return items.length;
    }
}
