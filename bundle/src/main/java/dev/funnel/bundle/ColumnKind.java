package dev.funnel.bundle;

import java.util.Locale;
import java.util.Optional;

/** What a column holds; written in lower case in a table's metadata, under {@code column.<name>}. */
public enum ColumnKind {
    /** One free text a row. */
    TEXT,
    /** One of a dictionary's values a row. */
    CATEGORY,
    /** Any number of a dictionary's values a row. */
    CATEGORY_LIST,
    /** A 32-bit float a row. */
    NUMBER,
    /** An instant in milliseconds a row. */
    TIME;

    /** Its name in files and messages, e.g. {@code category_list}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ColumnKind> labelled(String label) {
        for (ColumnKind kind : values()) {
            if (kind.label().equals(label)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
