package dev.funnel.cli.console;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long each step of a command took, in the order of the steps. */
public final class StepTimes {

    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final Stopwatch whole = Stopwatch.start();
    private double lapped;

    /** Ends a step, which began when the one before ended. */
    public void lap(String step) {
        double now = whole.seconds();
        seconds.put(step, Math.round((now - lapped) * 1e3) / 1e3);
        lapped = now;
    }

    /** Seconds by step. */
    public Map<String, Double> seconds() {
        return Collections.unmodifiableMap(seconds);
    }

    /** Seconds since the first step began. */
    public double total() {
        return whole.seconds();
    }

    /** All steps in one line, for people. */
    public String line() {
        StringBuilder line = new StringBuilder();
        seconds.forEach((step, taken) -> line.append("%s %.1f s, ".formatted(step, taken)));
        return line.append("in all %.1f s".formatted(total())).toString();
    }
}
