package dev.funnel.runtime.compute;

import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.DeadlinePassed;
import dev.funnel.runtime.error.Overloaded;
import io.grpc.Context;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A bounded number of platform threads that do all arithmetic of a process, behind a bounded queue. Virtual threads submit work
 * and wait for it until their deadline; work whose deadline passed while it was queued is not begun. The gRPC context travels
 * with the work.
 */
public final class ArithmeticPool implements AutoCloseable {
    private static final Duration RETRY_AFTER = Duration.ofMillis(50);
    private static final long CLOSING_SECONDS = 10;

    private final ThreadPoolExecutor threads;

    /**
     * @param name of the threads, for thread dumps
     * @param size number of threads
     * @param queued most pieces of work that wait for a thread
     */
    public ArithmeticPool(String name, int size, int queued) {
        threads = new ThreadPoolExecutor(
                size,
                size,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queued),
                Thread.ofPlatform().name(name + "-", 0).factory(),
                new ThreadPoolExecutor.AbortPolicy());
    }

    /** One thread per processor and one to spare, so that work which overstays leaves room for other work. */
    public static int usualSize() {
        return Runtime.getRuntime().availableProcessors() + 1;
    }

    public int size() {
        return threads.getMaximumPoolSize();
    }

    /** Threads at work now. */
    public int busy() {
        return threads.getActiveCount();
    }

    /** Pieces of work that wait for a thread now. */
    public int waiting() {
        return threads.getQueue().size();
    }

    /**
     * Does the work on one of the pool's threads and waits for it. Work that overstays its deadline keeps its thread until it ends:
     * loops look at the deadline themselves.
     *
     * @throws DeadlinePassed if the deadline passes first
     * @throws Overloaded if the queue is full
     * @throws RuntimeException whatever the work throws
     */
    public <T> T call(Deadline deadline, Callable<T> work) {
        return begin(deadline, work).await();
    }

    /**
     * Hands work over, to be waited for later.
     *
     * @throws Overloaded if the queue is full
     */
    public <T> Pending<T> begin(Deadline deadline, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(Context.current().wrap(inTime(deadline, work)));
        submit(task);
        return new Pending<>(threads, task, deadline);
    }

    /** Work that was handed over. */
    public static final class Pending<T> {
        private final ThreadPoolExecutor threads;
        private final FutureTask<T> task;
        private final Deadline deadline;

        private Pending(ThreadPoolExecutor threads, FutureTask<T> task, Deadline deadline) {
            this.threads = threads;
            this.task = task;
            this.deadline = deadline;
        }

        /** What came of it; throws as {@link ArithmeticPool#call} does. */
        public T await() {
            try {
                return task.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                threads.remove(task);
                throw new DeadlinePassed("arithmetic was not done in time");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DeadlinePassed("interrupted while waiting for arithmetic");
            } catch (ExecutionException e) {
                throw unwrapped(e);
            }
        }
    }

    /**
     * Does work that nobody waits for, if a thread has nothing to do.
     *
     * @return whether the work was taken; if not, nothing is done
     */
    public boolean whenIdle(Runnable work) {
        if (waiting() > 0 || busy() >= size()) {
            return false;
        }
        try {
            threads.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Takes no new work and waits a few seconds for what is being done. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void submit(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            throw new Overloaded("all threads for arithmetic are busy and the queue is full", RETRY_AFTER);
        }
    }

    private static <T> Callable<T> inTime(Deadline deadline, Callable<T> work) {
        return () -> {
            deadline.check("arithmetic: the queue took it all");
            return work.call();
        };
    }

    private static RuntimeException unwrapped(ExecutionException failed) {
        return switch (failed.getCause()) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            case null, default -> new IllegalStateException(failed);
        };
    }
}
