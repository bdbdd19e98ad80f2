package dev.funnel.reranker.rule;

import java.util.Locale;

/** Spans of time as people say them: "40 s", "12 min", "2.5 h", "3 days". */
final class Age {
    private static final double MINUTE = 60_000;
    private static final double HOUR = 60 * MINUTE;
    private static final double DAY = 24 * HOUR;

    private Age() {}

    static String text(long millis) {
        if (millis < MINUTE) {
            return millis / 1000 + " s";
        }
        if (millis < HOUR) {
            return text(millis / MINUTE, "min");
        }
        return millis < 2 * DAY ? text(millis / HOUR, "h") : text(millis / DAY, "days");
    }

    private static String text(double amount, String unit) {
        String format = amount < 10 && amount != Math.rint(amount) ? "%.1f %s" : "%.0f %s";
        return String.format(Locale.ROOT, format, amount, unit);
    }
}
