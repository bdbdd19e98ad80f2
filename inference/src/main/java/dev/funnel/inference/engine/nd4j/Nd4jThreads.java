package dev.funnel.inference.engine.nd4j;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.SynchronousQueue;
import java.util.function.IntConsumer;

/**
 * The platform threads that every call of ND4J is made on, as many as there are processors. ND4J keeps memory for each thread that
 * ever calls it: callers may be of any kind and number, these stay the same. A caller waits for a free one; nothing queues.
 */
final class Nd4jThreads {
    /** How many there are. */
    static final int COUNT = Runtime.getRuntime().availableProcessors();

    private static final SynchronousQueue<Work> HANDOVER = startAll();

    private Nd4jThreads() {}

    private record Work(IntConsumer task, CompletableFuture<Void> done) {
        void runOn(int thread) {
            try {
                task.accept(thread);
                done.complete(null);
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        }
    }

    private static SynchronousQueue<Work> startAll() {
        SynchronousQueue<Work> handover = new SynchronousQueue<>();
        for (int i = 0; i < COUNT; i++) {
            int thread = i;
            Thread.ofPlatform().daemon().name("nd4j-" + thread).start(() -> workOff(handover, thread));
        }
        return handover;
    }

    private static void workOff(SynchronousQueue<Work> handover, int thread) {
        try {
            while (true) {
                handover.take().runOn(thread);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs a task on one of the threads, which it is told the number of, and waits for it; what it throws is thrown here. */
    static void run(IntConsumer task) {
        Work work = new Work(task, new CompletableFuture<>());
        try {
            HANDOVER.put(work);
            work.done.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a thread of ND4J", e);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException unchecked ? unchecked : e;
        }
    }
}
