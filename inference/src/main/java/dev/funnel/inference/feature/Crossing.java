package dev.funnel.inference.feature;

import dev.funnel.bundle.schema.CrossFeature;
import java.util.List;

/** One cross: reads the rows of its combinations. */
final class Crossing {
    private final List<Part> parts;
    private final CrossRows table;
    private final boolean ofItem;

    /** One of the categories that are crossed. */
    sealed interface Part {
        /** Read once a request. */
        record OfRequest(RequestTexts texts) implements Part {}

        /** Read for each candidate. */
        record OfItem(ItemKeys keys) implements Part {}
    }

    Crossing(List<Part> parts, CrossRows table) {
        this.parts = List.copyOf(parts);
        this.table = table;
        this.ofItem = parts.stream().anyMatch(Part.OfItem.class::isInstance);
    }

    /** The rows that all candidates share; those out of vocabulary are left out. */
    int[] read(Request request) {
        return read(request, new int[] {0}, 1, new Room()).rows(0);
    }

    /** The rows of each candidate; those out of vocabulary are left out, an item the bundle does not hold has none. */
    CandidateRows read(Slice slice) {
        return read(slice.request(), slice.items(), slice.size(), slice.room());
    }

    private CandidateRows read(Request request, int[] items, int count, Room room) {
        long[][] shared = shared(request);
        long[] keys = new long[CrossFeature.MOST_COMBINATIONS];
        int[] ends = room.ints(count);
        int[] rows = room.ints(count);
        int size = 0;
        for (int i = 0; i < count; i++) {
            int combinations = ofItem && items[i] < 0 ? 0 : combine(shared, items[i], keys);
            rows = room.grown(size + combinations);
            for (int c = 0; c < combinations; c++) {
                int row = table.row(keys[c]);
                rows[size] = row;
                size += row == Vocabulary.UNKNOWN ? 0 : 1;
            }
            ends[i] = size;
        }
        return new CandidateRows(ends, count, rows);
    }

    private long[][] shared(Request request) {
        long[][] shared = new long[parts.size()][];
        for (int p = 0; p < shared.length; p++) {
            shared[p] = parts.get(p) instanceof Part.OfRequest part
                    ? part.texts().read(request).stream()
                            .mapToLong(TextHash::of)
                            .toArray()
                    : new long[0];
        }
        return shared;
    }

    /** Puts the keys of an item's combinations into {@code keys}; returns how many there are. */
    private int combine(long[][] shared, int item, long[] keys) {
        int size = 1;
        for (int p = 0; p < shared.length && size > 0; p++) {
            size = switch (parts.get(p)) {
                case Part.OfRequest part -> extend(keys, size, p, shared[p]);
                case Part.OfItem part -> extend(keys, size, p, part.keys(), item);
            };
        }
        return size;
    }

    /** Each key so far with each value of part {@code p}; from behind, so that no key is overwritten before it was read. */
    private static int extend(long[] keys, int size, int p, long[] values) {
        int extended = Math.min(keys.length, size * values.length);
        for (int k = extended - 1; k >= 0; k--) {
            long value = values[k % values.length];
            keys[k] = p == 0 ? value : TextHash.cross(keys[k / values.length], value);
        }
        return extended;
    }

    private static int extend(long[] keys, int size, int p, ItemKeys values, int item) {
        int count = values.count(item);
        int extended = Math.min(keys.length, size * count);
        for (int k = extended - 1; k >= 0; k--) {
            long value = values.key(item, k % count);
            keys[k] = p == 0 ? value : TextHash.cross(keys[k / count], value);
        }
        return extended;
    }
}
