package dev.funnel.bundle;

import java.lang.foreign.MemorySegment;

/** A column of free texts; the empty text is a missing one. */
public sealed interface TextColumn extends Column permits StoredTextColumn, LiveTextColumn {
    /** The text of {@code row}, decoded; empty if missing. */
    String value(int row);

    /** Whether the text of {@code row} has the bytes {@code key}, in UTF-8, without decoding. */
    boolean is(int row, MemorySegment key);

    @Override
    default ColumnKind kind() {
        return ColumnKind.TEXT;
    }
}
