package dev.funnel.trainer.rank;

import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.NumberColumn;
import dev.funnel.trainer.read.ImpressionLog;
import dev.funnel.trainer.read.InteractionKinds;
import dev.funnel.trainer.read.InteractionLog;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Numbers counted for every item from what happened before an instant; NaN where nothing is known. Rates, not counts, so that
 * they mean the same in a bundle that has seen more; shrunk towards the mean of all items by {@value #PRIOR} observations.
 */
final class ItemStatistics {
    /** Share of all positive interactions, by half every {@value #HALF_LIFE_DAYS} days, times the number of items. */
    static final String POPULARITY = "popularity";

    /** Clicks over the clicks that the positions at which it was shown get on average. */
    static final String CLICK_LIFT = "click_lift";

    /** Mean watch time of a click or watch, in seconds. */
    static final String WATCH_SECONDS = "watch_seconds";

    /** Mean share of its duration that was watched. */
    static final String WATCHED_SHARE = "watched_share";

    private static final double PRIOR = 10;
    private static final double HALF_LIFE_DAYS = 14;
    private static final double DAY_MS = 86_400_000;

    private final int items;
    private final @Nullable NumberColumn durations;

    ItemStatistics(ItemTable items) {
        this.items = items.size();
        this.durations = items.number("duration_seconds");
    }

    /** All that can be counted, by name. */
    Map<String, float[]> count(InteractionLog interactions, @Nullable ImpressionLog impressions, long untilMs) {
        Map<String, float[]> statistics = new LinkedHashMap<>();
        statistics.put(POPULARITY, popularity(interactions, untilMs));
        if (impressions != null) {
            statistics.put(CLICK_LIFT, clickLift(impressions, untilMs));
        }
        if (IntStream.range(0, interactions.size())
                .anyMatch(i -> !Float.isNaN(interactions.watchSeconds()[i]))) {
            statistics.put(WATCH_SECONDS, watchSeconds(interactions, untilMs));
            if (durations != null) {
                statistics.put(WATCHED_SHARE, watchedShare(interactions, durations, untilMs));
            }
        }
        return statistics;
    }

    private static boolean counts(InteractionLog log, int i, long untilMs) {
        byte kind = log.kinds()[i];
        boolean positive = kind != InteractionKinds.IMPRESSION
                && kind != InteractionKinds.DISLIKE
                && kind != InteractionKinds.SEARCH;
        return positive && (log.timesMs()[i] == 0 || log.timesMs()[i] < untilMs);
    }

    private float[] popularity(InteractionLog log, long untilMs) {
        long last = IntStream.range(0, log.size())
                .filter(i -> counts(log, i, untilMs))
                .mapToLong(i -> log.timesMs()[i])
                .max()
                .orElse(0);
        double[] sums = new double[items];
        double total = 0;
        for (int i = 0; i < log.size(); i++) {
            if (counts(log, i, untilMs)) {
                double weight = Math.pow(0.5, (last - log.timesMs()[i]) / DAY_MS / HALF_LIFE_DAYS);
                sums[log.items()[i]] += weight;
                total += weight;
            }
        }
        float[] popularity = new float[items];
        for (int item = 0; item < items; item++) {
            popularity[item] = total > 0 ? (float) (sums[item] / total * items) : 0;
        }
        return popularity;
    }

    private float[] clickLift(ImpressionLog log, long untilMs) {
        double[] rates = clickRates(log, untilMs);
        double[] clicks = new double[items];
        double[] expected = new double[items];
        for (int i = 0; i < log.size(); i++) {
            if (log.timesMs()[i] < untilMs) {
                clicks[log.items()[i]] += log.clicked()[i] ? 1 : 0;
                expected[log.items()[i]] += rates[log.positions()[i] + 1];
            }
        }
        float[] lift = new float[items];
        for (int item = 0; item < items; item++) {
            lift[item] = expected[item] > 0 ? (float) ((clicks[item] + 1) / (expected[item] + 1)) : Float.NaN;
        }
        return lift;
    }

    /** Share of impressions that were clicked, by position + 1; position -1 is unknown. */
    private static double[] clickRates(ImpressionLog log, long untilMs) {
        int most = 0;
        for (short position : log.positions()) {
            most = Math.max(most, position + 1);
        }
        double[] clicks = new double[most + 1];
        double[] shown = new double[most + 1];
        for (int i = 0; i < log.size(); i++) {
            if (log.timesMs()[i] < untilMs) {
                shown[log.positions()[i] + 1]++;
                clicks[log.positions()[i] + 1] += log.clicked()[i] ? 1 : 0;
            }
        }
        for (int position = 0; position < shown.length; position++) {
            clicks[position] = shown[position] > 0 ? clicks[position] / shown[position] : 0;
        }
        return clicks;
    }

    private float[] watchSeconds(InteractionLog log, long untilMs) {
        float[] values = log.watchSeconds();
        return shrunkMeans(log, untilMs, values);
    }

    private float[] watchedShare(InteractionLog log, NumberColumn durations, long untilMs) {
        float[] shares = new float[log.size()];
        for (int i = 0; i < shares.length; i++) {
            int item = log.items()[i];
            boolean known = durations.present(item) && durations.value(item) > 0;
            shares[i] = known ? Math.min(1, log.watchSeconds()[i] / durations.value(item)) : Float.NaN;
        }
        return shrunkMeans(log, untilMs, shares);
    }

    /** Mean of an item's values, NaN left out, shrunk towards the mean of all. */
    private float[] shrunkMeans(InteractionLog log, long untilMs, float[] values) {
        double[] sums = new double[items];
        double[] known = new double[items];
        for (int i = 0; i < values.length; i++) {
            if (counts(log, i, untilMs) && !Float.isNaN(values[i])) {
                sums[log.items()[i]] += values[i];
                known[log.items()[i]]++;
            }
        }
        double mean =
                Arrays.stream(sums).sum() / Math.max(1, Arrays.stream(known).sum());
        float[] means = new float[items];
        for (int item = 0; item < items; item++) {
            means[item] = known[item] == 0 ? Float.NaN : (float) ((sums[item] + PRIOR * mean) / (known[item] + PRIOR));
        }
        return means;
    }
}
