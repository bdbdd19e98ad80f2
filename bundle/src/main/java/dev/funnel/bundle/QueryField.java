package dev.funnel.bundle;

import java.util.Locale;

/** A field of the query that a predicate may compare with; a comparison with a field that the query leaves empty is false. */
public enum QueryField implements Operand {
    /** {@code context.country}. */
    COUNTRY,
    /** {@code context.language}. */
    LANGUAGE,
    /** {@code context.time}. */
    TIME,
    /** {@code user_id}. */
    USER_ID,
    /** {@code seed_item_id}. */
    SEED_ITEM_ID;

    /** Its name in configuration, e.g. {@code seed_item_id}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
