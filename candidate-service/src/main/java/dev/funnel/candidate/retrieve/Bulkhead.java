package dev.funnel.candidate.retrieve;

import dev.funnel.runtime.compute.ArithmeticPool;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.DeadlinePassed;
import dev.funnel.runtime.grpc.VirtualThreads;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

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
     * Begins the work on the pool in one of the places, or as soon as one is free, without waiting for it.
     *
     * @param waiting where to wait for a place
     * @param whenOver called once, when the work has ended or will never begin
     * @return gives what came of it; throws DeadlinePassed if the deadline passes first
     */
    <T> Supplier<T> begin(
            ArithmeticPool pool, VirtualThreads waiting, Deadline deadline, Callable<T> work, Runnable whenOver) {
        if (places.tryAcquire()) {
            return begun(pool, deadline, work, whenOver);
        }
        Future<T> later = waiting.submit(() -> call(pool, deadline, work, whenOver));
        return () -> result(later);
    }

    private <T> T call(ArithmeticPool pool, Deadline deadline, Callable<T> work, Runnable whenOver) {
        if (!acquired(deadline)) {
            whenOver.run();
            throw new DeadlinePassed("all places of " + name + " were taken");
        }
        return begun(pool, deadline, work, whenOver).get();
    }

    /** In a place that was acquired. */
    private <T> Supplier<T> begun(ArithmeticPool pool, Deadline deadline, Callable<T> work, Runnable whenOver) {
        AtomicBoolean claimed = new AtomicBoolean();
        Runnable giveUp = () -> {
            if (claimed.compareAndSet(false, true)) {
                leave(whenOver);
            }
        };
        try {
            ArithmeticPool.Pending<T> pending = pool.begin(deadline, () -> {
                if (!claimed.compareAndSet(false, true)) {
                    throw new DeadlinePassed(name + " was given up before it began");
                }
                return run(work, whenOver);
            });
            return () -> awaited(pending, giveUp);
        } catch (RuntimeException e) {
            giveUp.run();
            throw e;
        }
    }

    private static <T> T awaited(ArithmeticPool.Pending<T> pending, Runnable giveUp) {
        try {
            return pending.await();
        } finally {
            giveUp.run();
        }
    }

    private static <T> T result(Future<T> later) {
        try {
            return later.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeadlinePassed("interrupted while generators were asked");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
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
