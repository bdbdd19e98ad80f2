package dev.funnel.runtime.error;

import java.util.Collection;

/** The caller sent something that breaks a rule of the contract: INVALID_ARGUMENT, naming the field, the value and the rule. */
public final class CallerError extends Refusal {
    private static final long serialVersionUID = 1;

    /** Longest part of a value that is repeated to the caller, in characters. */
    public static final int SHOWN_CHARACTERS = 80;

    private final String field;
    private final String value;
    private final String rule;

    /**
     * @param field path of the field in the request, e.g. {@code query.recent[3].item_id}
     * @param value what it held; cut to {@value #SHOWN_CHARACTERS} characters
     * @param rule what it must be, e.g. {@code must be at most 128 bytes}
     */
    public CallerError(String field, Object value, String rule) {
        super("INVALID_FIELD", field + ": " + shown(value) + " " + rule);
        this.field = field;
        this.value = shown(value);
        this.rule = rule;
    }

    private CallerError(String field, String value, String rule, String message) {
        super("INVALID_FIELD", message);
        this.field = field;
        this.value = value;
        this.rule = rule;
    }

    /** What another process found wrong with what the caller sent, in its words; {@code value} as it showed it. */
    public static CallerError passedOn(String field, String value, String rule) {
        return new CallerError(field, value, rule, field + ": " + value + " " + rule);
    }

    public String field() {
        return field;
    }

    public String value() {
        return value;
    }

    public String rule() {
        return rule;
    }

    /** The value in quotes if it is a text, its size if it is a collection, cut to what fits a message. */
    public static String shown(Object value) {
        return switch (value) {
            case CharSequence text
            when text.length() > SHOWN_CHARACTERS ->
                "\"" + printable(text.subSequence(0, SHOWN_CHARACTERS)) + "...\" (" + text.length() + " characters)";
            case CharSequence text -> "\"" + printable(text) + "\"";
            case Collection<?> many -> many.size() + " entries";
            default -> String.valueOf(value);
        };
    }

    /** Without control characters and halves of pairs, so that a value cannot forge a line of a log. */
    private static String printable(CharSequence text) {
        return text.toString().replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }
}
