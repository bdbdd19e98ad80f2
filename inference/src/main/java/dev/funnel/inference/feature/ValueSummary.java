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

    /** Where the values of items stand; an item that the bundle does not hold has none. */
    ValueSlots slots(int[] items) {
        int[] ends = new int[items.length];
        int[] found = new int[2 * items.length];
        int size = 0;
        for (int i = 0; i < items.length; i++) {
            int item = items[i];
            int count = item < 0 ? 0 : column.count(item);
            if (size + count > found.length) {
                found = Arrays.copyOf(found, 2 * (size + count));
            }
            int end = count == 0 ? size : size + column.copy(item, found, size);
            for (; size < end; size++) {
                found[size] = slot(found[size]);
            }
            ends[i] = size;
        }
        return new ValueSlots(ends, found);
    }

    /** Weighted share of the watches that have the item's value, averaged over its values; NaN without watches or values. */
    void shares(ValueSlots of, float[] into) {
        int begin = 0;
        for (int i = 0; i < into.length; i++) {
            int end = of.ends()[i];
            float sum = 0;
            for (int k = begin; k < end; k++) {
                sum += weights[of.slots()[k]];
            }
            into[i] = weight > 0 && end > begin ? sum / ((end - begin) * weight) : Float.NaN;
            begin = end;
        }
    }

    /** How often the item's values occur among the watches; NaN without values. */
    void counts(ValueSlots of, float[] into) {
        int begin = 0;
        for (int i = 0; i < into.length; i++) {
            int end = of.ends()[i];
            int sum = 0;
            for (int k = begin; k < end; k++) {
                sum += counts[of.slots()[k]];
            }
            into[i] = end == begin ? Float.NaN : sum;
            begin = end;
        }
    }

    /** Seconds from the last watch with one of the item's values to {@code nowMs}; NaN if there is none of known time. */
    void secondsSinceLast(ValueSlots of, long nowMs, float[] into) {
        int begin = 0;
        for (int i = 0; i < into.length; i++) {
            int end = of.ends()[i];
            long last = 0;
            for (int k = begin; k < end; k++) {
                last = Math.max(last, lastMs[of.slots()[k]]);
            }
            into[i] = last == 0 ? Float.NaN : Math.max(0, nowMs - last) / 1000f;
            begin = end;
        }
    }

    /** Mean share watched over watches with the item's values; NaN if none is known. */
    void watchedShares(ValueSlots of, float[] into) {
        int begin = 0;
        for (int i = 0; i < into.length; i++) {
            int end = of.ends()[i];
            float sum = 0;
            int known = 0;
            for (int k = begin; k < end; k++) {
                int slot = of.slots()[k];
                sum += watchedSums[slot];
                known += watchedCounts[slot];
            }
            into[i] = known == 0 ? Float.NaN : sum / known;
            begin = end;
        }
    }
}
