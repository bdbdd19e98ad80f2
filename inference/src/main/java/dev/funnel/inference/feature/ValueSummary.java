package dev.funnel.inference.feature;

import java.util.Arrays;

/**
 * What the recent watches say of each value of one item column: how many had it (by their weights), when the last was,
 * how much of them was watched. Open addressing over the codes that occur; made once a request, read by every candidate.
 */
final class ValueSummary {
    private static final int FREE = -1;

    private final ItemCodes column;
    private final float weight;
    private final int mask;
    private final int[] codes;
    private final int[] counts;
    private final float[] weights;
    private final long[] lastMs;
    private final float[] watchedSums;
    private final int[] watchedCounts;

    private ValueSummary(ItemCodes column, float weight, int slots) {
        this.column = column;
        this.weight = weight;
        this.mask = slots - 1;
        this.codes = new int[slots];
        this.counts = new int[slots];
        this.weights = new float[slots];
        this.lastMs = new long[slots];
        this.watchedSums = new float[slots];
        this.watchedCounts = new int[slots];
        Arrays.fill(codes, FREE);
    }

    static ValueSummary of(ItemCodes column, RecentWatches recent) {
        int entries = 0;
        for (int item : recent.items()) {
            entries += column.count(item);
        }
        ValueSummary summary = new ValueSummary(column, recent.weight(), Integer.highestOneBit(4 * entries + 2));
        for (int i = 0; i < recent.size(); i++) {
            summary.add(recent.items()[i], recent.weights()[i], recent.timesMs()[i], recent.watchedShares()[i]);
        }
        return summary;
    }

    private void add(int item, float watchWeight, long timeMs, float watchedShare) {
        for (int i = 0; i < column.count(item); i++) {
            int slot = slot(column.code(item, i));
            codes[slot] = column.code(item, i);
            counts[slot]++;
            weights[slot] += watchWeight;
            lastMs[slot] = Math.max(lastMs[slot], timeMs);
            if (!Float.isNaN(watchedShare)) {
                watchedSums[slot] += watchedShare;
                watchedCounts[slot]++;
            }
        }
    }

    /** The slot that holds the code, or the free one where it would stand. */
    private int slot(int code) {
        int slot = (code * 0x9E3779B9 >>> 7) & mask;
        while (codes[slot] != code && codes[slot] != FREE) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Weighted share of the watches that have the item's value, averaged over its values; NaN without watches or values. */
    float share(int item) {
        int values = column.count(item);
        if (!(weight > 0) || values == 0) {
            return Float.NaN;
        }
        float sum = 0;
        for (int i = 0; i < values; i++) {
            sum += weights[slot(column.code(item, i))];
        }
        return sum / (values * weight);
    }

    /** How often the item's values occur among the watches; NaN without values. */
    float count(int item) {
        int values = column.count(item);
        int sum = 0;
        for (int i = 0; i < values; i++) {
            sum += counts[slot(column.code(item, i))];
        }
        return values == 0 ? Float.NaN : sum;
    }

    /** Seconds from the last watch with one of the item's values to {@code nowMs}; NaN if there is none of known time. */
    float secondsSinceLast(int item, long nowMs) {
        long last = 0;
        for (int i = 0; i < column.count(item); i++) {
            last = Math.max(last, lastMs[slot(column.code(item, i))]);
        }
        return last == 0 ? Float.NaN : Math.max(0, nowMs - last) / 1000f;
    }

    /** Mean share watched over watches with the item's values; NaN if none is known. */
    float watchedShare(int item) {
        float sum = 0;
        int known = 0;
        for (int i = 0; i < column.count(item); i++) {
            int slot = slot(column.code(item, i));
            sum += watchedSums[slot];
            known += watchedCounts[slot];
        }
        return known == 0 ? Float.NaN : sum / known;
    }
}
