package dev.funnel.bundle;

/** A column of finite 32-bit floats, each with a flag that says whether it is known. */
public sealed interface NumberColumn extends Column permits StoredNumberColumn, LiveNumberColumn {
    /** The number of {@code row}; meaningless if it is not {@link #present}. */
    float value(int row);

    @Override
    default ColumnKind kind() {
        return ColumnKind.NUMBER;
    }
}
