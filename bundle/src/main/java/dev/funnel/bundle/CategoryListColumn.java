package dev.funnel.bundle;

/** A column of lists of codes into a dictionary of distinct values; the empty list is a missing value. */
public sealed interface CategoryListColumn extends Column permits StoredCategoryListColumn, LiveCategoryListColumn {
    /** Number of values of {@code row}. */
    int count(int row);

    /** The code of value {@code i} of {@code row}, {@code i} less than {@link #count}. */
    int code(int row, int i);

    /**
     * Fills {@code ends} with where the codes of rows {@code from} to {@code to} of a list end if they stand one after the other. Row -1
     * has none.
     *
     * @return the last end
     */
    default int ends(int[] rows, int from, int to, int[] ends) {
        int end = 0;
        for (int i = from; i < to; i++) {
            end += rows[i] < 0 ? 0 : count(rows[i]);
            ends[i - from] = end;
        }
        return end;
    }

    /** Fills {@code into} with the codes of rows {@code from} to {@code to} of a list, one after the other. Row -1 has none. */
    default void read(int[] rows, int from, int to, int[] into) {
        int at = 0;
        for (int i = from; i < to; i++) {
            int count = rows[i] < 0 ? 0 : count(rows[i]);
            for (int value = 0; value < count; value++) {
                into[at++] = code(rows[i], value);
            }
        }
    }

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
