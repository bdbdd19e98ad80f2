package dev.funnel.benchmarks.serve;

import java.util.Arrays;

/** Times that were measured, and where their percentiles lie. */
public final class Percentiles {

    private final long[] sortedNanos;

    private Percentiles(long[] sortedNanos) {
        this.sortedNanos = sortedNanos;
    }

    /** @param nanos at least one time, in any order */
    public static Percentiles of(long[] nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Percentiles(sorted);
    }

    /** The time that a share of all stay at or below, microseconds: the nearest rank. */
    public double micros(double share) {
        int rank = (int) Math.ceil(share * sortedNanos.length) - 1;
        return sortedNanos[Math.max(0, rank)] / 1e3;
    }

    public int count() {
        return sortedNanos.length;
    }
}
