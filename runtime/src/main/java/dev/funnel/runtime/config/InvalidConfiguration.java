package dev.funnel.runtime.config;

/** A configuration that a process must not start with; the message names file, line, key, value and rule, for an operator. */
public final class InvalidConfiguration extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InvalidConfiguration(String message) {
        super(message);
    }
}
