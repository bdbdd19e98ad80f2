package dev.funnel.trainer;

import java.util.concurrent.CancellationException;

/**
 * Where long work says how far it is, and where it learns that it should stop.
 *
 * <p>Work calls {@link #advance} between its steps, at least about once a second. It is stopped by interrupting its
 * thread: the next {@code advance} then throws, and the thread stays interrupted.
 */
@FunctionalInterface
public interface Progress {

    /** Says nothing; still stops when interrupted. */
    Progress SILENT = (what, done) -> {};

    /**
     * Shows one step. Called by the thread that does, or waits for, the work.
     *
     * @param what what is being done, in a few words, the same for all steps of one piece of work
     * @param done the share that is done, 0 to 1
     */
    void report(String what, double done);

    /** Reports a step, unless the thread was interrupted: then throws {@link CancellationException} naming the work. */
    default void advance(String what, double done) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted: " + what);
        }
        report(what, done);
    }

    /** The same progress for a part of the work that begins at share {@code from} and ends at share {@code to}. */
    default Progress part(double from, double to) {
        return (what, done) -> report(what, from + (to - from) * done);
    }
}
