package dev.funnel.trainer.train;

import java.util.LinkedHashMap;
import java.util.Map;

/** Takes the time of one step after the other, in seconds. */
final class Stopwatch {

    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private long lap = System.nanoTime();

    /** A step ends here, and the next begins. */
    void lap(String step) {
        long now = System.nanoTime();
        seconds.merge(step, (now - lap) / 1e9, Double::sum);
        lap = now;
    }

    Map<String, Double> seconds() {
        return new LinkedHashMap<>(seconds);
    }
}
