package dev.funnel.bundle;

import dev.funnel.bundle.live.ColumnValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Categories with rows appended since the bundle; values that the bundle's dictionary lacks have codes after its codes. */
final class LiveCategoryColumn implements CategoryColumn {
    private final @Nullable CategoryColumn stored;
    private final LiveRows rows;
    private final int[] appended;
    private final LiveDictionary.View added;

    private LiveCategoryColumn(
            @Nullable CategoryColumn stored, LiveRows rows, int[] appended, LiveDictionary.View added) {
        this.stored = stored;
        this.rows = rows;
        this.appended = appended;
        this.added = added;
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public int code(int item) {
        int row = rows.row(item);
        if (row >= 0) {
            return appended[row];
        }
        return stored == null ? MISSING : stored.code(item);
    }

    @Override
    public int cardinality() {
        return added.end();
    }

    @Override
    public String value(int code) {
        if (code >= added.first()) {
            return added.value(code);
        }
        return stored == null ? "" : stored.value(code);
    }

    @Override
    public int codeOf(String value) {
        int code = stored == null ? MISSING : stored.codeOf(value);
        return code == MISSING ? added.code(value) : code;
    }

    /** Appends categories. */
    static final class Writer extends LiveColumnWriter<String> {
        private final @Nullable CategoryColumn stored;
        private final LiveDictionary added;
        private int[] appended = new int[16];
        private int size;

        Writer(@Nullable CategoryColumn stored) {
            this.stored = stored;
            this.added = new LiveDictionary(stored == null ? 0 : stored.cardinality());
        }

        @Override
        @Nullable
        String suited(ColumnValue given) {
            return given instanceof ColumnValue.Text(String text) ? text : null;
        }

        @Override
        String missing() {
            return "";
        }

        @Override
        String value(int item, int row) {
            int code = row >= 0 ? appended[row] : stored == null ? MISSING : stored.code(item);
            if (code == MISSING) {
                return "";
            }
            return stored != null && code < stored.cardinality() ? stored.value(code) : added.value(code);
        }

        @Override
        void add(String value) {
            if (size == appended.length) {
                appended = Arrays.copyOf(appended, 2 * size);
            }
            appended[size++] = value.isEmpty() ? MISSING : code(value);
        }

        private int code(String value) {
            int known = stored == null ? MISSING : stored.codeOf(value);
            return known == MISSING ? added.codeOrNew(value) : known;
        }

        @Override
        LiveCategoryColumn snapshot(LiveRows rows) {
            return new LiveCategoryColumn(stored, rows, appended, added.view());
        }

        @Override
        Writer emptied() {
            return new Writer(stored);
        }
    }
}
