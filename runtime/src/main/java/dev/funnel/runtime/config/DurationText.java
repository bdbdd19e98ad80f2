package dev.funnel.runtime.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as configuration writes them: a whole number and a unit, {@code 150ms}, {@code 2s}, {@code 5m}, {@code 1h}. */
public final class DurationText {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,12})\\s*(us|ms|s|m|h|d)");

    private DurationText() {}

    public static Duration parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a duration with its unit, e.g. 150ms, 2s, 5m");
        }
        return unit(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
    }

    /** The shortest text that {@link #parse} reads as this duration, to the microsecond. */
    public static String format(Duration duration) {
        for (String name : new String[] {"d", "h", "m", "s", "ms"}) {
            if (!duration.isZero() && duration.toNanos() % unit(name).toNanos() == 0) {
                return duration.toNanos() / unit(name).toNanos() + name;
            }
        }
        return duration.toNanos() / 1_000 + "us";
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "us" -> Duration.ofNanos(1_000);
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }
}
