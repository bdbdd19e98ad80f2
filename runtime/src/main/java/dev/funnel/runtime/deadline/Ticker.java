package dev.funnel.runtime.deadline;

/** A source of nanoseconds that only ever rise; its zero means nothing. Tests turn their own. */
@FunctionalInterface
public interface Ticker {
    /** The machine's own. */
    Ticker SYSTEM = System::nanoTime;

    long nanos();
}
