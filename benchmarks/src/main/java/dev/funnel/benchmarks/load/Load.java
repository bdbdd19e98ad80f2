package dev.funnel.benchmarks.load;

import java.time.Duration;

/**
 * How much is asked.
 *
 * @param ratePerSecond requests a second, above 0
 * @param length for how long requests are sent
 * @param seed of random arrivals
 */
public record Load(Arrivals arrivals, double ratePerSecond, Duration length, long seed) {
    /** The same for another time. */
    public Load lasting(Duration other) {
        return new Load(arrivals, ratePerSecond, other, seed);
    }
}
