package dev.funnel.bundle;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The users of one bundle version: profile columns, and what each did lately, up to the data cut. A request looks up one user, so ids are
 * found by binary search on the mapped bytes and cost no heap.
 */
public final class UserTable extends Table {
    /** The columns that have the same kind in every bundle that has them. */
    public static final Map<String, ColumnKind> STANDARD = Map.of(
            "country", ColumnKind.CATEGORY,
            "language", ColumnKind.CATEGORY,
            "gender", ColumnKind.CATEGORY,
            "age", ColumnKind.NUMBER);

    private final @Nullable HistoryVectors histories;

    private UserTable(IdVector ids, Map<String, Column> columns, @Nullable HistoryVectors histories) {
        super(ids.size(), ids::id, id -> ids.search(StringVector.key(id)), columns);
        this.histories = histories;
    }

    /** Reads the table from {@code file} and checks it, histories against an item table of {@code items} rows. */
    public static UserTable load(TensorFile file, int items) throws BundleRefusedException {
        IdVector ids = IdVector.read(file);
        HistoryVectors histories = file.has("history.offsets") ? HistoryVectors.read(file, ids.size(), items) : null;
        return new UserTable(ids, readColumns(file, ids.size(), STANDARD), histories);
    }

    /** What the user of {@code row} did, newest first; empty if the bundle holds no histories. */
    public History history(int row) {
        return histories == null ? History.EMPTY : histories.history(row);
    }

    /** Number of interactions of the user of {@code row}. */
    public int historySize(int row) {
        return histories == null ? 0 : histories.size(row);
    }

    /** Number of interactions of all users. */
    public long interactions() {
        return histories == null ? 0 : histories.total();
    }
}
