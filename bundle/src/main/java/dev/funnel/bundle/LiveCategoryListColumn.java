package dev.funnel.bundle;

import dev.funnel.bundle.live.ColumnValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Category lists with rows appended since the bundle; values that the bundle's dictionary lacks have codes after its codes. */
final class LiveCategoryListColumn implements CategoryListColumn {
    private static final int[] NOTHING = {};

    private final @Nullable CategoryListColumn stored;
    private final LiveRows rows;
    private final int[][] appended;
    private final LiveDictionary.View added;

    private LiveCategoryListColumn(
            @Nullable CategoryListColumn stored, LiveRows rows, int[][] appended, LiveDictionary.View added) {
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
    public int count(int item) {
        int row = rows.row(item);
        if (row >= 0) {
            return appended[row].length;
        }
        return stored == null ? 0 : stored.count(item);
    }

    @Override
    public int code(int item, int i) {
        int row = rows.row(item);
        if (row >= 0) {
            return appended[row][i];
        }
        return stored == null ? CategoryColumn.MISSING : stored.code(item, i);
    }

    @Override
    public boolean contains(int item, int code) {
        int row = rows.row(item);
        return row >= 0 ? holds(appended[row], code) : stored != null && stored.contains(item, code);
    }

    private static boolean holds(int[] codes, int wanted) {
        for (int code : codes) {
            if (code == wanted) {
                return true;
            }
        }
        return false;
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
        int code = stored == null ? CategoryColumn.MISSING : stored.codeOf(value);
        return code == CategoryColumn.MISSING ? added.code(value) : code;
    }

    /** Appends category lists. */
    static final class Writer extends LiveColumnWriter<List<String>> {
        private final @Nullable CategoryListColumn stored;
        private final LiveDictionary added;
        private int[][] appended = new int[16][];
        private int size;

        Writer(@Nullable CategoryListColumn stored) {
            this.stored = stored;
            this.added = new LiveDictionary(stored == null ? 0 : stored.cardinality());
        }

        @Override
        @Nullable
        List<String> suited(ColumnValue given) {
            return switch (given) {
                case ColumnValue.Texts(List<String> texts) -> texts;
                case ColumnValue.Text(String text) -> text.isEmpty() ? List.of() : List.of(text);
                case ColumnValue.Number _, ColumnValue.Time _, ColumnValue.Vector _ -> null;
            };
        }

        @Override
        List<String> missing() {
            return List.of();
        }

        @Override
        List<String> value(int item, int row) {
            int count = row >= 0 ? appended[row].length : stored == null ? 0 : stored.count(item);
            List<String> values = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                values.add(text(row >= 0 || stored == null ? appended[row][i] : stored.code(item, i)));
            }
            return values;
        }

        private String text(int code) {
            return stored != null && code < stored.cardinality() ? stored.value(code) : added.value(code);
        }

        @Override
        void add(List<String> values) {
            if (size == appended.length) {
                appended = Arrays.copyOf(appended, 2 * size);
            }
            appended[size++] = values.isEmpty()
                    ? NOTHING
                    : values.stream().mapToInt(this::code).toArray();
        }

        private int code(String value) {
            int known = stored == null ? CategoryColumn.MISSING : stored.codeOf(value);
            return known == CategoryColumn.MISSING ? added.codeOrNew(value) : known;
        }

        @Override
        LiveCategoryListColumn snapshot(LiveRows rows) {
            return new LiveCategoryListColumn(stored, rows, appended, added.view());
        }

        @Override
        Writer emptied() {
            return new Writer(stored);
        }
    }
}
