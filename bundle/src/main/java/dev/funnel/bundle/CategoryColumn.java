package dev.funnel.bundle;

/** A column of codes into a dictionary of distinct values. */
public sealed interface CategoryColumn extends Column permits StoredCategoryColumn, LiveCategoryColumn {
    /** The code of a missing value, and of a value that the dictionary does not hold. */
    int MISSING = -1;

    /** The code of {@code row}, 0 to {@link #cardinality} - 1, or {@link #MISSING}. */
    int code(int row);

    /** Fills {@code into} with the codes of rows {@code from} to {@code to} of a list; {@link #MISSING} for row -1. */
    default void read(int[] rows, int from, int to, int[] into) {
        for (int i = from; i < to; i++) {
            into[i - from] = rows[i] < 0 ? MISSING : code(rows[i]);
        }
    }

    /** Number of distinct values. */
    int cardinality();

    /** The value of {@code code}, decoded; empty for {@link #MISSING}. */
    String value(int code);

    /** The code of {@code value}, or {@link #MISSING}. */
    int codeOf(String value);

    @Override
    default ColumnKind kind() {
        return ColumnKind.CATEGORY;
    }

    @Override
    default boolean present(int row) {
        return code(row) != MISSING;
    }
}
