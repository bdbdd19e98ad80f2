package dev.funnel.bundle;

/** A column of lists of codes into a dictionary of distinct values; the empty list is a missing value. */
public sealed interface CategoryListColumn extends Column permits StoredCategoryListColumn, LiveCategoryListColumn {
    /** Number of values of {@code row}. */
    int count(int row);

    /** The code of value {@code i} of {@code row}, {@code i} less than {@link #count}. */
    int code(int row, int i);

    /** Whether {@code row} holds {@code code}. */
    boolean contains(int row, int code);

    /** Number of distinct values in the column. */
    int cardinality();

    /** The value of {@code code}, decoded. */
    String value(int code);

    /** The code of {@code value}, or {@link CategoryColumn#MISSING}. */
    int codeOf(String value);

    @Override
    default ColumnKind kind() {
        return ColumnKind.CATEGORY_LIST;
    }

    @Override
    default boolean present(int row) {
        return count(row) > 0;
    }
}
