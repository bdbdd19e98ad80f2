package dev.funnel.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: interrupts the thread that works and gives it time to unwind (drafts deleted, children stopped) before
 * the JVM ends.
 */
public final class Interruption {

    private static final Duration UNWIND_WITHIN = Duration.ofSeconds(20);

    private final CountDownLatch unwound = new CountDownLatch(1);
    private final Thread worker;

    private Interruption(Thread worker) {
        this.worker = worker;
    }

    /** Installs it for the calling thread. */
    public static Interruption install() {
        Interruption interruption = new Interruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::interrupt, "interruption"));
        return interruption;
    }

    /** Says that the work ended, however it did. The worker may exit the JVM after this. */
    public void unwound() {
        unwound.countDown();
    }

    private void interrupt() {
        if (unwound.getCount() > 0) {
            worker.interrupt();
            await();
        }
    }

    private void await() {
        try {
            if (!unwound.await(UNWIND_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("funnel: work did not stop within " + UNWIND_WITHIN.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
