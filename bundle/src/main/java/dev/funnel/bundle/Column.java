package dev.funnel.bundle;

/**
 * One column of a table: a value, or its absence, for every row. Mapped from a bundle, or with
 * rows of live items over those; reading numbers and codes allocates nothing. A column's
 * name is {@code [a-z][a-z0-9_]*}, at most 64 characters, and neither {@code id} nor {@code history}.
 */
public sealed interface Column permits TextColumn, CategoryColumn, CategoryListColumn, NumberColumn, TimeColumn {
    /** What it holds. */
    ColumnKind kind();

    /** Number of rows. */
    int size();

    /** Whether row {@code row} has a value. */
    boolean present(int row);

    /** Reads the column {@code name} of a table of {@code rows} rows and checks its lengths, offsets and codes. */
    static Column read(TensorFile file, String name, ColumnKind kind, int rows) throws BundleRefusedException {
        return switch (kind) {
            case TEXT -> StoredTextColumn.read(file, name, rows);
            case CATEGORY -> StoredCategoryColumn.read(file, name, rows);
            case CATEGORY_LIST -> StoredCategoryListColumn.read(file, name, rows);
            case NUMBER -> StoredNumberColumn.read(file, name, rows);
            case TIME -> StoredTimeColumn.read(file, name, rows);
        };
    }
}
