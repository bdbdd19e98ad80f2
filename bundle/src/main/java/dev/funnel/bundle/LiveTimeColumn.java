package dev.funnel.bundle;

import dev.funnel.bundle.live.ColumnValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Instants with rows appended since the bundle. */
final class LiveTimeColumn implements TimeColumn {
    private final @Nullable TimeColumn stored;
    private final LiveRows rows;
    private final long[] appended;

    private LiveTimeColumn(@Nullable TimeColumn stored, LiveRows rows, long[] appended) {
        this.stored = stored;
        this.rows = rows;
        this.appended = appended;
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public long millis(int item) {
        int row = rows.row(item);
        if (row >= 0) {
            return appended[row];
        }
        return stored == null ? MISSING : stored.millis(item);
    }

    /** Appends instants. */
    static final class Writer extends LiveColumnWriter<Long> {
        private final @Nullable TimeColumn stored;
        private long[] appended = new long[16];
        private int size;

        Writer(@Nullable TimeColumn stored) {
            this.stored = stored;
        }

        @Override
        @Nullable
        Long suited(ColumnValue given) {
            return given instanceof ColumnValue.Time(long millis) ? (Long) millis : null;
        }

        @Override
        Long missing() {
            return MISSING;
        }

        @Override
        Long value(int item, int row) {
            if (row >= 0) {
                return appended[row];
            }
            return stored == null ? MISSING : stored.millis(item);
        }

        @Override
        void add(Long value) {
            if (size == appended.length) {
                appended = Arrays.copyOf(appended, 2 * size);
            }
            appended[size++] = value;
        }

        @Override
        LiveTimeColumn snapshot(LiveRows rows) {
            return new LiveTimeColumn(stored, rows, appended);
        }

        @Override
        Writer emptied() {
            return new Writer(stored);
        }
    }
}
