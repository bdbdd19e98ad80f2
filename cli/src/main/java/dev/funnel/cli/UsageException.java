package dev.funnel.cli;

/** What the caller gave is wrong: names the option, its value and the rule. The command ends with code 2. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final int MAX_VALUE = 80;

    public UsageException(String option, Object value, String rule) {
        super(option + ": '" + cut(String.valueOf(value)) + "' " + rule);
    }

    private static String cut(String value) {
        return value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE) + "...";
    }
}
