package dev.funnel.bundle.schema;

import org.jspecify.annotations.Nullable;

/** A feature schema breaks a rule; says where, with what value, and which rule. */
public final class InvalidSchemaException extends IllegalArgumentException {
    private static final int SHOWN = 80;

    private final String place;
    private final String value;
    private final String rule;

    public InvalidSchemaException(String place, @Nullable Object value, String rule) {
        super("%s: \"%s\" is refused: %s".formatted(place, shorten(String.valueOf(value)), rule));
        this.place = place;
        this.value = shorten(String.valueOf(value));
        this.rule = rule;
    }

    private static String shorten(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...";
    }

    /** The feature, block, table or head, e.g. {@code feature "user_age"}. */
    public String place() {
        return place;
    }

    /** What was found there, shortened. */
    public String value() {
        return value;
    }

    /** What must hold. */
    public String rule() {
        return rule;
    }
}
