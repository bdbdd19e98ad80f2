package dev.funnel.candidate.retrieve;

import dev.funnel.runtime.compute.ArithmeticPool;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.DeadlinePassed;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A bound on how many threads for arithmetic one generator may occupy, so that one that hangs does not starve the others. Callers
 * wait for a place until their deadline; work that overstays keeps its place until it ends.
 */
final class Bulkhead {
    private final String name;
    private final Semaphore places;

    Bulkhead(String name, int places) {
        this.name = name;
        this.places = new Semaphore(places);
    }

    /**
     * Does the work on the pool, in one of the places.
     *
     * @param whenOver called once, when the work has ended or will never begin
     * @throws DeadlinePassed if the deadline passes first
     */
    <T> T call(ArithmeticPool pool, Deadline deadline, Callable<T> work, Runnable whenOver) {
        if (!acquired(deadline)) {
            whenOver.run();
            throw new DeadlinePassed("all places of " + name + " were taken");
        }
        AtomicBoolean claimed = new AtomicBoolean();
        try {
            return pool.call(deadline, () -> {
                if (!claimed.compareAndSet(false, true)) {
                    throw new DeadlinePassed(name + " was given up before it began");
                }
                return run(work, whenOver);
            });
        } finally {
            if (claimed.compareAndSet(false, true)) {
                leave(whenOver);
            }
        }
    }

    private boolean acquired(Deadline deadline) {
        try {
            return places.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private <T> T run(Callable<T> work, Runnable whenOver) throws Exception {
        try {
            return work.call();
        } finally {
            leave(whenOver);
        }
    }

    private void leave(Runnable whenOver) {
        places.release();
        whenOver.run();
    }
}
