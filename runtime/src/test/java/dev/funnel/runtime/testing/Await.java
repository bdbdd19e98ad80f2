package dev.funnel.runtime.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, and fails the test if it does not come true in time. */
public final class Await {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long LOOK_EVERY_NANOS = 2_000_000;

    private Await() {}

    public static void until(String condition, BooleanSupplier holds) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + LONGEST.toSeconds() + " s: " + condition);
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }
}
