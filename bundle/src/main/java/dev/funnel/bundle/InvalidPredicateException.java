package dev.funnel.bundle;

/**
 * Says that a predicate cannot be used: which field, by a path like {@code filter.all[1].equals.column}, what stands there, and the rule it
 * breaks. An error of whoever wrote the predicate.
 */
public final class InvalidPredicateException extends IllegalArgumentException {
    private static final int SHOWN_CHARACTERS = 100;

    private final String field;
    private final String value;
    private final String rule;

    /** An error at {@code field}, which holds {@code value}, against {@code rule}. */
    public InvalidPredicateException(String field, String value, String rule) {
        super(field + " is " + cut(value) + ": " + rule);
        this.field = field;
        this.value = cut(value);
        this.rule = rule;
    }

    /** Path of the field. */
    public String field() {
        return field;
    }

    /** What stands there, at most 100 characters of it. */
    public String value() {
        return value;
    }

    /** What would be right. */
    public String rule() {
        return rule;
    }

    private static String cut(String value) {
        return value.length() <= SHOWN_CHARACTERS ? value : value.substring(0, SHOWN_CHARACTERS) + "...";
    }
}
