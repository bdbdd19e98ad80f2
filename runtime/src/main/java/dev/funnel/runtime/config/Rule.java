package dev.funnel.runtime.config;

import java.time.Duration;

/**
 * Rules that values of configuration keep, for the compact constructors of configuration records. A broken rule is an
 * {@link IllegalArgumentException} whose message names key, value and rule; {@link ConfigurationFile} adds file, line and path.
 */
public final class Rule {
    private Rule() {}

    public static void between(String key, long value, long low, long high) {
        holds(value >= low && value <= high, key, value, "must be between " + low + " and " + high);
    }

    public static void between(String key, double value, double low, double high) {
        holds(value >= low && value <= high, key, value, "must be between " + low + " and " + high);
    }

    public static void between(String key, Duration value, Duration low, Duration high) {
        holds(
                value.compareTo(low) >= 0 && value.compareTo(high) <= 0,
                key,
                DurationText.format(value),
                "must be between " + DurationText.format(low) + " and " + DurationText.format(high));
    }

    public static void between(String key, ByteSize value, ByteSize low, ByteSize high) {
        holds(
                value.bytes() >= low.bytes() && value.bytes() <= high.bytes(),
                key,
                value,
                "must be between " + low + " and " + high);
    }

    public static void notBlank(String key, String value) {
        holds(!value.isBlank(), key, "\"" + value + "\"", "must not be blank");
    }

    /** Throws unless {@code kept}; {@code key} is written as the file writes it. */
    public static void holds(boolean kept, String key, Object value, String rule) {
        if (!kept) {
            throw new IllegalArgumentException(key + ": " + value + " " + rule);
        }
    }
}
