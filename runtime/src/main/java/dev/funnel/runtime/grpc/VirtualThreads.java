package dev.funnel.runtime.grpc;

import io.grpc.Context;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs every task on a virtual thread of its own, in the gRPC context (deadline, client) of whoever submits it: for waiting
 * on several things at once inside a call. Arithmetic belongs on {@link dev.funnel.runtime.compute.ArithmeticPool}.
 */
public final class VirtualThreads implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public <T> Future<T> submit(Callable<T> task) {
        return threads.submit(Context.current().wrap(task));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
