package dev.funnel.runtime.telemetry;

/** A sum that only grows. Adding is cheap and safe from any thread. */
@FunctionalInterface
public interface Counter {
    /** @param amount at least 0 */
    void add(long amount);
}
