package dev.funnel.bundle;

import java.lang.foreign.ValueLayout;

/** The histories of all users as columns, cut into users by offsets (compressed sparse rows). */
final class HistoryVectors {
    private final LongVector offsets;
    private final IntVector items;
    private final LongVector timesMs;
    private final ByteVector kinds;
    private final LongVector watchedMs;
    private final FloatMatrix weights;

    private HistoryVectors(
            LongVector offsets,
            IntVector items,
            LongVector timesMs,
            ByteVector kinds,
            LongVector watchedMs,
            FloatMatrix weights) {
        this.offsets = offsets;
        this.items = items;
        this.timesMs = timesMs;
        this.kinds = kinds;
        this.watchedMs = watchedMs;
        this.weights = weights;
    }

    static HistoryVectors read(TensorFile file, int users, int itemCount) throws BundleRefusedException {
        IntVector items = file.indexes("history.items", 0, itemCount);
        FloatMatrix weights = file.floats("history.weights");
        if (weights.columns() != 1 || weights.rows() != items.size()) {
            throw file.refused(
                    "history.weights", "does not hold one value for each of " + items.size() + " interactions");
        }
        return new HistoryVectors(
                file.offsets("history.offsets", users, items.size()),
                items,
                file.longs("history.times_ms", items.size()),
                file.bytes("history.kinds", items.size()),
                file.longs("history.watched_ms", items.size()),
                weights);
    }

    long total() {
        return items.size();
    }

    int size(int user) {
        return Math.toIntExact(offsets.get(user + 1L) - offsets.get(user));
    }

    History history(int user) {
        long from = offsets.get(user);
        long to = offsets.get(user + 1L);
        return new History(
                items.toArray(from, to),
                timesMs.toArray(from, to),
                kinds.toArray(from, to),
                watchedMs.toArray(from, to),
                weights(from, to));
    }

    private float[] weights(long from, long to) {
        return weights.segment()
                .asSlice(from * Float.BYTES, (to - from) * Float.BYTES)
                .toArray(ValueLayout.JAVA_FLOAT);
    }
}
