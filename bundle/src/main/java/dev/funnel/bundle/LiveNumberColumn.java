package dev.funnel.bundle;

import dev.funnel.bundle.live.ColumnValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Numbers with rows appended since the bundle; NaN is a missing one. */
final class LiveNumberColumn implements NumberColumn {
    private final @Nullable NumberColumn stored;
    private final LiveRows rows;
    private final float[] appended;

    private LiveNumberColumn(@Nullable NumberColumn stored, LiveRows rows, float[] appended) {
        this.stored = stored;
        this.rows = rows;
        this.appended = appended;
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public boolean present(int item) {
        int row = rows.row(item);
        return row >= 0 ? !Float.isNaN(appended[row]) : stored != null && stored.present(item);
    }

    @Override
    public float value(int item) {
        int row = rows.row(item);
        if (row >= 0) {
            return appended[row];
        }
        return stored == null ? Float.NaN : stored.value(item);
    }

    /** Appends numbers. */
    static final class Writer extends LiveColumnWriter<Float> {
        private final @Nullable NumberColumn stored;
        private float[] appended = new float[16];
        private int size;

        Writer(@Nullable NumberColumn stored) {
            this.stored = stored;
        }

        @Override
        @Nullable
        Float suited(ColumnValue given) {
            return given instanceof ColumnValue.Number(double number) ? (Float) (float) number : null;
        }

        @Override
        Float missing() {
            return Float.NaN;
        }

        @Override
        Float value(int item, int row) {
            if (row >= 0) {
                return appended[row];
            }
            return stored != null && stored.present(item) ? stored.value(item) : Float.NaN;
        }

        @Override
        void add(Float value) {
            if (size == appended.length) {
                appended = Arrays.copyOf(appended, 2 * size);
            }
            appended[size++] = value;
        }

        @Override
        LiveNumberColumn snapshot(LiveRows rows) {
            return new LiveNumberColumn(stored, rows, appended);
        }

        @Override
        Writer emptied() {
            return new Writer(stored);
        }
    }
}
