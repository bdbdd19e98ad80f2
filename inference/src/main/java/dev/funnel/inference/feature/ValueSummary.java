package dev.funnel.inference.feature;

import dev.funnel.bundle.CategoryColumn;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What the recent watches say of each value of one item column: how many had it (by their weights), when the last was,
 * how much of them was watched. Open addressing over the codes that occur; made once a request, read by every candidate.
 *
 * <p>Codes that occur have an entry each; all others share one of zeros, and items without a value have one of their own.
 */
final class ValueSummary {
    private static final int FREE = -1;
    private static final int SLOTS_PER_ENTRY = 8;

    private final ItemCodes column;
    private final float weight;
    private final int mask;
    private final int[] codes;
    private final int[] entryOfSlot;
    private final int[] counts;
    private final float[] weights;
    private final long[] lastMs;
    private final float[] watchedSums;
    private final int[] watchedCounts;
    private int seen;

    private ValueSummary(ItemCodes column, float weight, int most) {
        int slots = Integer.highestOneBit(SLOTS_PER_ENTRY * most + 2);
        this.column = column;
        this.weight = weight;
        this.mask = slots - 1;
        this.codes = new int[slots];
        this.entryOfSlot = new int[slots];
        this.counts = new int[most + 2];
        this.weights = new float[most + 2];
        this.lastMs = new long[most + 2];
        this.watchedSums = new float[most + 2];
        this.watchedCounts = new int[most + 2];
        Arrays.fill(codes, FREE);
    }

    static ValueSummary of(ItemCodes column, RecentWatches recent) {
        int most = 0;
        for (int item : recent.items()) {
            most += column.count(item);
        }
        ValueSummary summary = new ValueSummary(column, recent.weight(), most);
        for (int i = 0; i < recent.size(); i++) {
            summary.add(recent.items()[i], recent.weights()[i], recent.timesMs()[i], recent.watchedShares()[i]);
        }
        summary.end();
        return summary;
    }

    private void add(int item, float watchWeight, long timeMs, float watchedShare) {
        for (int i = 0; i < column.count(item); i++) {
            int entry = entryOrNew(column.code(item, i));
            counts[entry]++;
            weights[entry] += watchWeight;
            lastMs[entry] = Math.max(lastMs[entry], timeMs);
            if (!Float.isNaN(watchedShare)) {
                watchedSums[entry] += watchedShare;
                watchedCounts[entry]++;
            }
        }
    }

    private int entryOrNew(int code) {
        int slot = slot(code);
        if (codes[slot] == FREE) {
            codes[slot] = code;
            entryOfSlot[slot] = seen++;
        }
        return entryOfSlot[slot];
    }

    /** Codes that were not seen have the first entry after those that were. */
    private void end() {
        for (int slot = 0; slot < codes.length; slot++) {
            if (codes[slot] == FREE) {
                entryOfSlot[slot] = seen;
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

    /** Where the values of the slice's items stand; an item that the bundle does not hold has none. */
    ValueSlots slots(Slice slice) {
        return switch (column) {
            case ItemCodes.One one when slice.size() > seen + 2 -> new ValueSlots(null, entries(one.column(), slice));
            case ItemCodes few -> lists(few, slice);
        };
    }

    private int[] entries(CategoryColumn of, Slice slice) {
        int[] entries = slice.room().ints(slice.size());
        of.read(slice.items(), 0, slice.size(), entries);
        for (int i = 0; i < slice.size(); i++) {
            entries[i] = entries[i] == CategoryColumn.MISSING ? seen + 1 : entryOfSlot[slot(entries[i])];
        }
        return entries;
    }

    private ValueSlots lists(ItemCodes of, Slice slice) {
        int[] ends = slice.room().ints(slice.size());
        int size = of.ends(slice.items(), 0, slice.size(), ends);
        int[] entries = slice.room().ints(size);
        of.read(slice.items(), 0, slice.size(), entries);
        for (int i = 0; i < size; i++) {
            entries[i] = entryOfSlot[slot(entries[i])];
        }
        return new ValueSlots(ends, entries);
    }

    /** A number worked out of some entries of one item. */
    @FunctionalInterface
    private interface OfEntries {
        float of(int[] entries, int begin, int end);
    }

    private Numbers numbers(Slice slice, ValueSlots of, OfEntries number) {
        int[] ends = of.ends();
        return ends == null
                ? numbersOfOne(slice, of.entries(), number)
                : numbersOfLists(slice, ends, of.entries(), number);
    }

    /** Of items with one value each: a number for each entry, none for the last. */
    private Numbers numbersOfOne(Slice slice, int[] entries, OfEntries number) {
        int[] all = IntStream.range(0, seen + 1).toArray();
        float[] values = new float[seen + 2];
        for (int entry = 0; entry <= seen; entry++) {
            values[entry] = number.of(all, entry, entry + 1);
        }
        values[seen + 1] = Float.NaN;
        return new Numbers(values, entries, slice.size());
    }

    private static Numbers numbersOfLists(Slice slice, int[] ends, int[] entries, OfEntries number) {
        float[] values = slice.room().floats(slice.size());
        int begin = 0;
        for (int i = 0; i < slice.size(); i++) {
            values[i] = ends[i] == begin ? Float.NaN : number.of(entries, begin, ends[i]);
            begin = ends[i];
        }
        return Numbers.ofEach(values, slice.size());
    }

    /** Weighted share of the watches that have the item's value, averaged over its values; NaN without watches or values. */
    Numbers shares(Slice slice, ValueSlots of) {
        return numbers(slice, of, (entries, begin, end) -> {
            float sum = 0;
            for (int k = begin; k < end; k++) {
                sum += weights[entries[k]];
            }
            return weight > 0 ? sum / ((end - begin) * weight) : Float.NaN;
        });
    }

    /** How often the item's values occur among the watches; NaN without values. */
    Numbers counts(Slice slice, ValueSlots of) {
        return numbers(slice, of, (entries, begin, end) -> {
            int sum = 0;
            for (int k = begin; k < end; k++) {
                sum += counts[entries[k]];
            }
            return sum;
        });
    }

    /** Seconds from the last watch with one of the item's values to {@code nowMs}; NaN if there is none of known time. */
    Numbers secondsSinceLast(Slice slice, ValueSlots of, long nowMs) {
        return numbers(slice, of, (entries, begin, end) -> {
            long last = 0;
            for (int k = begin; k < end; k++) {
                last = Math.max(last, lastMs[entries[k]]);
            }
            return last == 0 ? Float.NaN : Math.max(0, nowMs - last) / 1000f;
        });
    }

    /** Mean share watched over watches with the item's values; NaN if none is known. */
    Numbers watchedShares(Slice slice, ValueSlots of) {
        return numbers(slice, of, (entries, begin, end) -> {
            float sum = 0;
            int known = 0;
            for (int k = begin; k < end; k++) {
                sum += watchedSums[entries[k]];
                known += watchedCounts[entries[k]];
            }
            return known == 0 ? Float.NaN : sum / known;
        });
    }
}
