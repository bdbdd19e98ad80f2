package dev.funnel.bundle;

/** A column of instants in milliseconds since 1970-01-01T00:00:00Z. */
public sealed interface TimeColumn extends Column permits StoredTimeColumn, LiveTimeColumn {
    /** What stands for a missing instant. */
    long MISSING = Long.MIN_VALUE;

    /** The instant of {@code row}, or {@link #MISSING}. */
    long millis(int row);

    @Override
    default ColumnKind kind() {
        return ColumnKind.TIME;
    }

    @Override
    default boolean present(int row) {
        return millis(row) != MISSING;
    }
}
