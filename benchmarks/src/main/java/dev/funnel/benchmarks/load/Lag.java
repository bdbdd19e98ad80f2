package dev.funnel.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * How late the driver itself was: from a request's intended start to the moment it was sent. The lag is part of every latency; a driver that
 * lags much did not put on the load that was asked for.
 *
 * @param sent requests
 * @param p50Millis the lag of half of them, at most
 * @param p99Millis the lag of 99 % of them, at most
 * @param unsent requests that were not sent because too many were under way
 */
public record Lag(long sent, double p50Millis, double p99Millis, long unsent) {

    /** Beyond this lag of 1 % of the requests the driver says that it was too slow, milliseconds. */
    public static final double MOST_MILLIS = 10;

    static Lag of(Histogram nanos, long unsent) {
        return new Lag(
                nanos.getTotalCount(),
                nanos.getValueAtPercentile(50) / 1e6,
                nanos.getValueAtPercentile(99) / 1e6,
                unsent);
    }

    /** True if the load was not what was asked for. */
    public boolean tooMuch() {
        return unsent > 0 || p99Millis > MOST_MILLIS;
    }
}
