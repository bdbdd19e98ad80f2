package dev.funnel.runtime.config;

/**
 * A text that must not be seen: printed as {@code ****} wherever configuration is shown.
 *
 * @param reveal the text itself
 */
public record Secret(String reveal) {
    /** What is shown in its place. */
    public static final String MASK = "****";

    public static Secret parse(String text) {
        return new Secret(text);
    }

    @Override
    public String toString() {
        return MASK;
    }
}
