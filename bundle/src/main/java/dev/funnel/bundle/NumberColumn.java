package dev.funnel.bundle;

/** A column of finite 32-bit floats, each with a flag that says whether it is known. */
public sealed interface NumberColumn extends Column permits StoredNumberColumn, LiveNumberColumn {
    /** The number of {@code row}; meaningless if it is not {@link #present}. */
    float value(int row);

    /** Fills {@code into} with the numbers of rows {@code from} to {@code to} of a list; NaN for a missing one, and for row -1. */
    default void read(int[] rows, int from, int to, float[] into) {
        for (int i = from; i < to; i++) {
            into[i - from] = rows[i] >= 0 && present(rows[i]) ? value(rows[i]) : Float.NaN;
        }
    }

    @Override
    default ColumnKind kind() {
        return ColumnKind.NUMBER;
    }
}
