package dev.funnel.retrieval.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A fixed number of threads that share out numbered pieces of work, each with tools of its own. What becomes of a piece must not depend
 * on who does it.
 *
 * @param <T> the tools of one thread
 */
final class Workers<T> implements AutoCloseable {

    private static final int PIECES_AT_ONCE = 16;

    private final ExecutorService threads;
    private final List<T> tools = new ArrayList<>();

    /** Does one piece. */
    @FunctionalInterface
    interface Work<T> {
        void piece(T tools, int number);
    }

    Workers(int count, Supplier<T> tools) {
        this.threads = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().daemon().name("graph-build-", 0).factory());
        for (int i = 0; i < count; i++) {
            this.tools.add(tools.get());
        }
    }

    /**
     * Does the pieces 0 to {@code count - 1} and returns when all are done.
     *
     * @throws CancellationException if interrupted; the interrupt stays set
     */
    void run(int count, Work<T> work) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while a graph was built");
        }
        if (count <= PIECES_AT_ONCE) {
            for (int piece = 0; piece < count; piece++) {
                work.piece(tools.getFirst(), piece);
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        List<Callable<Void>> shares = new ArrayList<>();
        for (T tool : tools) {
            shares.add(() -> share(tool, next, count, work));
        }
        await(shares);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }

    private Void share(T tool, AtomicInteger next, int count, Work<T> work) {
        for (int from = next.getAndAdd(PIECES_AT_ONCE); from < count; from = next.getAndAdd(PIECES_AT_ONCE)) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("interrupted while a graph was built");
            }
            for (int piece = from; piece < Math.min(count, from + PIECES_AT_ONCE); piece++) {
                work.piece(tool, piece);
            }
        }
        return null;
    }

    private void await(List<Callable<Void>> shares) {
        try {
            for (Future<Void> share : threads.invokeAll(shares)) {
                share.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while a graph was built");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a graph could not be built", e.getCause());
        }
    }
}
