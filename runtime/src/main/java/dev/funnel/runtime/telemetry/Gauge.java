package dev.funnel.runtime.telemetry;

/** A value that is as it was last set. Setting is cheap and safe from any thread. */
@FunctionalInterface
public interface Gauge {
    void set(double value);
}
