package dev.funnel.benchmarks.load;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** When requests arrive, whatever became of those before them: an open loop. */
public enum Arrivals {
    /** Evenly spaced. */
    CONSTANT,
    /** At random, independently of each other: gaps are exponentially distributed, as with many callers who know nothing of each other. */
    POISSON;

    private static final double NANOS = 1e9;

    /**
     * The intended starts, nanoseconds from the beginning, rising; the same for the same seed.
     *
     * @param ratePerSecond above 0
     */
    public LongSupplier starts(double ratePerSecond, long seed) {
        if (!(ratePerSecond > 0)) {
            throw new IllegalArgumentException("a rate is above 0, not " + ratePerSecond);
        }
        double mean = NANOS / ratePerSecond;
        SplittableRandom random = new SplittableRandom(seed);
        double[] next = {0};
        return () -> {
            double start = next[0];
            next[0] += this == CONSTANT ? mean : -mean * Math.log(1 - random.nextDouble());
            return (long) start;
        };
    }
}
