package dev.funnel.runtime.wire;

import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the stages know of the user: the bundle's user table joined with what the caller sent.
 *
 * @param userId empty: anonymous
 * @param profile values by column of the user table
 * @param recent interactions, newest first: the caller's, then the bundle's
 * @param freshCount how many of {@code recent}, counted from the newest, the bundle does not hold
 * @param olderWatchedItemIds items watched before those in {@code recent}, in no order
 * @param dislikedItemIds items the user disliked
 * @param blockedUploaders uploaders the user blocked
 * @param blockedCategories categories the user blocked
 * @param followedUploaders uploaders the user follows
 * @param unclicked items lately shown and not clicked, as the caller or the bundle's history says; empty if neither does
 * @param known whether the bundle holds a row for the user
 */
public record UserState(
        String userId,
        Map<String, FeatureValue> profile,
        Interactions recent,
        int freshCount,
        List<String> olderWatchedItemIds,
        List<String> dislikedItemIds,
        List<String> blockedUploaders,
        List<String> blockedCategories,
        List<String> followedUploaders,
        ImpressionCounts unclicked,
        boolean known) {
    /** A new visitor. */
    public static final UserState NEW_VISITOR = new UserState(
            "",
            Map.of(),
            Interactions.NONE,
            0,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            ImpressionCounts.NONE,
            false);

    /** The recent interactions with items that a bundle holds, by item index, newest first; others are left out. */
    public History history(ItemTable items) {
        int[] indexes = new int[recent.size()];
        int[] rows = new int[recent.size()];
        int kept = 0;
        for (int i = 0; i < recent.size(); i++) {
            int index = recent.itemIds().get(i).isEmpty()
                    ? -1
                    : items.indexOf(recent.itemIds().get(i));
            if (index >= 0) {
                indexes[kept] = index;
                rows[kept++] = i;
            }
        }
        return pick(Arrays.copyOf(indexes, kept), rows);
    }

    private History pick(int[] indexes, int[] rows) {
        int size = indexes.length;
        long[] times = new long[size];
        byte[] kinds = new byte[size];
        long[] watched = new long[size];
        float[] weights = new float[size];
        for (int i = 0; i < size; i++) {
            times[i] = recent.timesMs()[rows[i]];
            kinds[i] = recent.kinds()[rows[i]];
            watched[i] = recent.watchedMs()[rows[i]];
            weights[i] = recent.weights()[rows[i]];
        }
        return new History(indexes, times, kinds, watched, weights);
    }
}
