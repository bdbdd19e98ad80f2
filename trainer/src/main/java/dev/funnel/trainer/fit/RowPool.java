package dev.funnel.trainer.fit;

import dev.funnel.trainer.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * A bounded number of platform threads that share the rows of one matrix, a few rows at a time.
 *
 * <p>Each row is worked on by exactly one thread and rows must not depend on each other: then the result is the same for any
 * number of threads. Interrupting the thread that waits stops the workers and throws {@link CancellationException}.
 */
public final class RowPool implements AutoCloseable {

    /** Most rows a worker takes at a time: enough to hide the counter, few enough that all end at about the same time. */
    private static final int ROWS_AT_ONCE = 16;

    private static final long REPORT_EVERY_MILLIS = 200;

    private final int threads;
    private final ExecutorService executor;

    /** Starts up to {@code threads} threads when there is work for them. */
    public RowPool(int threads) {
        this.threads = threads;
        this.executor = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("fit-", 0).daemon().factory());
    }

    /** What one thread does with a row. Made anew for each thread, so that it may keep scratch memory. */
    @FunctionalInterface
    public interface RowWork {
        void row(int row);
    }

    /** Works on the rows 0 to {@code rows - 1}; returns when all are done. Called by one thread at a time. */
    public void forEachRow(int rows, Supplier<RowWork> work, String what, Progress progress) {
        AtomicInteger next = new AtomicInteger();
        int atOnce = Math.clamp(rows / (8 * threads), 1, ROWS_AT_ONCE);
        ReadWriteLock busy = new ReentrantReadWriteLock();
        List<Future<?>> workers = new ArrayList<>(threads);
        for (int i = 0; i < threads; i++) {
            workers.add(executor.submit(() -> {
                busy.readLock().lock();
                try {
                    takeRows(rows, atOnce, next, work.get());
                } finally {
                    busy.readLock().unlock();
                }
            }));
        }
        try {
            for (Future<?> worker : workers) {
                await(worker, () -> progress.advance(what, Math.min(1, next.get() / (double) Math.max(1, rows))));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted: " + what);
        } finally {
            next.set(rows);
            workers.forEach(worker -> worker.cancel(true));
            // Whoever called may free what the rows are read from, so nobody may be at work on one any more.
            busy.writeLock().lock();
            busy.writeLock().unlock();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static void takeRows(int rows, int atOnce, AtomicInteger next, RowWork work) {
        for (int from = next.getAndAdd(atOnce); from < rows; from = next.getAndAdd(atOnce)) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            for (int row = from; row < Math.min(rows, from + atOnce); row++) {
                work.row(row);
            }
        }
    }

    private static void await(Future<?> worker, Runnable report) throws InterruptedException {
        while (true) {
            try {
                report.run();
                worker.get(REPORT_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                continue;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }
}
