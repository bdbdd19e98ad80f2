package dev.funnel.runtime.compute;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that nobody waits for, on a thread that gives way to those that serve. Linux does not heed Java's thread priorities without a
 * privilege; it heeds a thread's nice value (sched(7)), which threads it starts inherit and which cannot be taken back. So each piece of work
 * has a thread of its own. Elsewhere the work runs like any other.
 */
public final class GivingWay {
    /** About a tenth of the processor time of a thread that serves, where both want all; all of it, where nobody else wants any. */
    static final int NICE = 10;

    private static final Logger LOG = LoggerFactory.getLogger(GivingWay.class);
    /** {@code PRIO_PROCESS} of sys/resource.h, which on Linux is the thread named; 0 names the one that calls. */
    private static final int OF_THREAD = 0;

    private GivingWay() {}

    /**
     * Runs it and waits for it. An interrupt is passed on, and what the work makes of it awaited.
     *
     * @param name of the thread
     * @throws Exception what the work throws
     */
    public static <T> T call(String name, Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(() -> {
            giveWay();
            return work.call();
        });
        Thread thread = Thread.ofPlatform().daemon().name(name).start(task);
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return switch (task.state()) {
            case SUCCESS -> task.resultNow();
            case FAILED -> throw thrown(task.exceptionNow());
            case RUNNING, CANCELLED -> throw new IllegalStateException(name + " ended without a result");
        };
    }

    private static Exception thrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return (Exception) cause;
    }

    private static void giveWay() {
        if (System.getProperty("os.name", "").equals("Linux")) {
            Linker linker = Linker.nativeLinker();
            linker.defaultLookup().find("setpriority").ifPresent(function -> set(linker, function));
        }
    }

    private static void set(Linker linker, MemorySegment setpriority) {
        FunctionDescriptor form = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        try {
            int failed = (int) linker.downcallHandle(setpriority, form).invokeExact(OF_THREAD, 0, NICE);
            if (failed != 0) {
                LOG.debug("the thread keeps its nice value");
            }
        } catch (Throwable e) {
            throw new IllegalStateException("setpriority could not be called", e);
        }
    }
}
