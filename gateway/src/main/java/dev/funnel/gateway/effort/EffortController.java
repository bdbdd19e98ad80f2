package dev.funnel.gateway.effort;

import dev.funnel.runtime.deadline.Ticker;
import java.util.Arrays;

/**
 * The effort of one pipeline: additive increase, multiplicative decrease (Chiu, Jain 1989) on the 90th percentile of what stages
 * took of their slices. It is decided once a period, on that period's calls. One call alone never lowers it: with few calls the
 * percentile leaves out the slowest, and a period with a single slow call goes on until there is a second. After {@value
 * #IDLE_PERIODS} periods without a call nothing is known, and effort is full again.
 */
public final class EffortController {
    private static final int MOST_SAMPLES = 1_024;
    private static final int IDLE_PERIODS = 8;
    private static final double QUANTILE = 0.9;

    private final EffortSettings settings;
    private final Ticker ticker;
    private final double[] shares = new double[MOST_SAMPLES];
    private int samples;
    private long periodBegun;
    private long lastCall;
    private double effort = 1;

    public EffortController(EffortSettings settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
        this.periodBegun = ticker.nanos();
        this.lastCall = periodBegun;
    }

    /** A call took this share of its slice; 1 and more: it was late, or turned away. */
    public synchronized void took(double share) {
        decide();
        lastCall = ticker.nanos();
        if (samples < MOST_SAMPLES) {
            shares[samples++] = share;
        }
    }

    /** The effort now, in (0, 1]. */
    public synchronized float effort() {
        decide();
        return (float) effort;
    }

    private void decide() {
        long now = ticker.nanos();
        if (now - lastCall >= IDLE_PERIODS * settings.period().toNanos()) {
            effort = 1;
            begin();
        } else if (now - periodBegun >= settings.period().toNanos() && samples > 0) {
            decide(quantile());
        }
    }

    private void decide(double share) {
        if (share > settings.high()) {
            if (samples < 2) {
                return; // it may be the only one
            }
            effort = Math.max(settings.floor(), effort * settings.fall());
        } else if (share < settings.low()) {
            effort = Math.min(1, effort + settings.rise());
        }
        begin();
    }

    private void begin() {
        samples = 0;
        periodBegun = ticker.nanos();
    }

    private double quantile() {
        double[] sorted = Arrays.copyOf(shares, samples);
        Arrays.sort(sorted);
        return sorted[(int) (QUANTILE * (samples - 1))];
    }
}
