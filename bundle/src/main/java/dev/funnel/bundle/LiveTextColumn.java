package dev.funnel.bundle;

import dev.funnel.bundle.live.ColumnValue;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Texts with rows appended since the bundle, kept as UTF-8. */
final class LiveTextColumn implements TextColumn {
    private static final byte[] NOTHING = {};

    private final @Nullable TextColumn stored;
    private final LiveRows rows;
    private final byte[][] appended;

    private LiveTextColumn(@Nullable TextColumn stored, LiveRows rows, byte[][] appended) {
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
        return row >= 0 ? appended[row].length > 0 : stored != null && stored.present(item);
    }

    @Override
    public String value(int item) {
        int row = rows.row(item);
        if (row >= 0) {
            return new String(appended[row], StandardCharsets.UTF_8);
        }
        return stored == null ? "" : stored.value(item);
    }

    @Override
    public boolean is(int item, MemorySegment key) {
        int row = rows.row(item);
        if (row >= 0) {
            return MemorySegment.ofArray(appended[row]).mismatch(key) < 0;
        }
        return stored == null ? key.byteSize() == 0 : stored.is(item, key);
    }

    /** Appends texts. */
    static final class Writer extends LiveColumnWriter<byte[]> {
        private final @Nullable TextColumn stored;
        private byte[][] appended = new byte[16][];
        private int size;

        Writer(@Nullable TextColumn stored) {
            this.stored = stored;
        }

        @Override
        byte @Nullable [] suited(ColumnValue given) {
            return given instanceof ColumnValue.Text(String text) ? text.getBytes(StandardCharsets.UTF_8) : null;
        }

        @Override
        byte[] missing() {
            return NOTHING;
        }

        @Override
        byte[] value(int item, int row) {
            if (row >= 0) {
                return appended[row];
            }
            return stored == null ? NOTHING : stored.value(item).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        void add(byte[] value) {
            if (size == appended.length) {
                appended = Arrays.copyOf(appended, 2 * size);
            }
            appended[size++] = value;
        }

        @Override
        LiveTextColumn snapshot(LiveRows rows) {
            return new LiveTextColumn(stored, rows, appended);
        }

        @Override
        Writer emptied() {
            return new Writer(stored);
        }
    }
}
