package dev.funnel.inference.feature;

import dev.funnel.bundle.History;
import dev.funnel.bundle.NumberColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The newest positive interactions of a history with items the bundle holds, newest first, as parallel arrays. Positive are
 * all but impressions (kind 3), dislikes (5) and searches (7).
 *
 * @param items item indexes
 * @param timesMs when; 0 is unknown
 * @param watchedShares share of the item's duration that was watched, in [0, 1]; NaN is unknown
 * @param weights how much each counts, 0 or more
 */
record RecentWatches(int[] items, long[] timesMs, float[] watchedShares, float[] weights) {
    private static final byte IMPRESSION = 3;
    private static final byte SEARCH = 7;

    /** At most {@code limit} of them. */
    static RecentWatches of(History history, int limit, int itemCount, @Nullable NumberColumn durations) {
        int most = Math.min(limit, history.size());
        int[] items = new int[most];
        long[] times = new long[most];
        float[] shares = new float[most];
        float[] weights = new float[most];
        int size = 0;
        for (int i = 0; i < history.size() && size < most; i++) {
            int item = history.items()[i];
            if (positive(history.kinds()[i]) && item >= 0 && item < itemCount) {
                items[size] = item;
                times[size] = history.timesMs()[i];
                weights[size] = Math.max(0, history.weights()[i]);
                shares[size++] = share(history.watchedMs()[i], item, durations);
            }
        }
        return new RecentWatches(
                Arrays.copyOf(items, size),
                Arrays.copyOf(times, size),
                Arrays.copyOf(shares, size),
                Arrays.copyOf(weights, size));
    }

    private static boolean positive(byte kind) {
        return kind != IMPRESSION && kind != History.DISLIKE && kind != SEARCH;
    }

    private static float share(long watchedMs, int item, @Nullable NumberColumn durations) {
        if (watchedMs < 0 || durations == null || !durations.present(item) || !(durations.value(item) > 0)) {
            return Float.NaN;
        }
        return Math.min(1f, watchedMs / (1000f * durations.value(item)));
    }

    int size() {
        return items.length;
    }

    /** Sum of the weights. */
    float weight() {
        float sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        return sum;
    }

    /** Mean share watched where it is known; NaN where it never is. */
    float meanWatchedShare() {
        float sum = 0;
        int known = 0;
        for (float share : watchedShares) {
            if (!Float.isNaN(share)) {
                sum += share;
                known++;
            }
        }
        return known == 0 ? Float.NaN : sum / known;
    }

    /** Weighted mean of a column over the items that have a value; NaN where none has. */
    float mean(NumberColumn column) {
        float sum = 0;
        float weight = 0;
        for (int i = 0; i < items.length; i++) {
            if (column.present(items[i])) {
                sum += weights[i] * column.value(items[i]);
                weight += weights[i];
            }
        }
        return weight > 0 ? sum / weight : Float.NaN;
    }
}
