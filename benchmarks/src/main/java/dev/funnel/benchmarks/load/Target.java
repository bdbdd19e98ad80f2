package dev.funnel.benchmarks.load;

import java.util.function.Consumer;

/** What is put under load. */
@FunctionalInterface
public interface Target {
    /**
     * Sends a request and returns at once.
     *
     * @param number of the request, from 0
     * @param ended told once, on any thread, what became of it; every request ends
     */
    void send(long number, Consumer<Ending> ended);
}
