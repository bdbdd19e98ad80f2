package dev.funnel.benchmarks.retrieval;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same work on several platform threads at once. */
final class Workers {

    private Workers() {}

    /** Work that may fail. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** Returns when every thread is done; throws what the first of them threw. Interrupting the caller interrupts them. */
    static void run(int threads, Work work) throws InterruptedException {
        try (ExecutorService executor = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("bench-", 0).factory())) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(executor.submit(() -> {
                    work.run();
                    return null;
                }));
            }
            try {
                for (Future<?> each : running) {
                    each.get();
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("work failed: " + e.getCause(), e.getCause());
            } finally {
                executor.shutdownNow();
            }
        }
    }
}
