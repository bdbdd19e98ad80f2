package dev.funnel.cli.console;

/** Seconds since it was started. */
public final class Stopwatch {

    private final long begunNanos = System.nanoTime();

    private Stopwatch() {}

    public static Stopwatch start() {
        return new Stopwatch();
    }

    /** Seconds since the start, to the millisecond. */
    public double seconds() {
        return Math.round((System.nanoTime() - begunNanos) / 1e6) / 1e3;
    }
}
