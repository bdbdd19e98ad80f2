package dev.funnel.runtime.telemetry;

/** How values are distributed. Recording is cheap and safe from any thread. */
@FunctionalInterface
public interface Histogram {
    /** @param value at least 0, in the unit of the metric */
    void record(double value);
}
