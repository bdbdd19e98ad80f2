package dev.funnel.retrieval.cold;

import dev.funnel.bundle.History;
import dev.funnel.bundle.NumberColumn;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which items of a history were begun and not finished: the newest that is known of an item is a watch of a share of it within
 * bounds, within a window of time. An item's score is 1 / (1 + age in days).
 *
 * @param leastShare watched less was only looked at, 0 to 1
 * @param mostShare watched more is finished, 0 to 1
 * @param windowDays begun longer ago is forgotten, above 0
 */
public record Unfinished(double leastShare, double mostShare, double windowDays) {

    private static final double MILLIS_PER_DAY = 86_400_000;
    private static final byte UNSPECIFIED = 0;
    private static final byte WATCH = 1;

    /** Refuses shares that are none, and a window of no time. */
    public Unfinished {
        if (!(leastShare >= 0 && leastShare < mostShare && mostShare <= 1)) {
            throw new IllegalArgumentException("unfinished from " + leastShare + " to " + mostShare
                    + " of an item, must be shares of 0 to 1, the first below the second");
        }
        if (!(windowDays > 0)) {
            throw new IllegalArgumentException("window is " + windowDays + " days, must be above 0");
        }
    }

    /** The rule in a generator's parameters. */
    public static Unfinished of(Map<String, Double> parameters) {
        return new Unfinished(
                parameters.getOrDefault("least_share", .05),
                parameters.getOrDefault("most_share", .9),
                parameters.getOrDefault("window_days", 14.0));
    }

    /** The rule as a generator's parameters. */
    public Map<String, Double> parameters() {
        return Map.of("least_share", leastShare, "most_share", mostShare, "window_days", windowDays);
    }

    /**
     * The unfinished items, newest first, with their scores.
     *
     * @param history newest first
     * @param durations seconds by item; null: unknown of all, and nothing is unfinished
     * @param nowMs milliseconds since 1970; 0: unknown, and nothing is unfinished
     */
    public Map<Integer, Float> scores(History history, @Nullable NumberColumn durations, long nowMs) {
        Map<Integer, Float> scores = new LinkedHashMap<>();
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; durations != null && nowMs > 0 && i < history.size(); i++) {
            int item = history.items()[i];
            double days = (nowMs - history.timesMs()[i]) / MILLIS_PER_DAY;
            if (seen.add(item) && days >= 0 && days <= windowDays && begun(history, i, durations)) {
                scores.put(item, (float) (1 / (1 + days)));
            }
        }
        return scores;
    }

    private boolean begun(History history, int i, NumberColumn durations) {
        int item = history.items()[i];
        byte kind = history.kinds()[i];
        if (kind != UNSPECIFIED && kind != WATCH || history.watchedMs()[i] < 0 || !durations.present(item)) {
            return false;
        }
        double share = history.watchedMs()[i] / 1_000.0 / durations.value(item);
        return share >= leastShare && share <= mostShare;
    }
}
