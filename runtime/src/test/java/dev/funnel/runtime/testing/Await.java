package dev.funnel.runtime.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, and fails the test if it does not come true in time. */
public final class Await {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(2);
    private static final Duration LOOK_CALMLY_EVERY = Duration.ofMillis(50);

    private Await() {}

    public static void until(String condition, BooleanSupplier holds) {
        until(condition, holds, LOOK_EVERY);
    }

    /** The same for a condition that is work to look at, so that looking does not take the processors from what is waited for. */
    public static void calmly(String condition, BooleanSupplier holds) {
        until(condition, holds, LOOK_CALMLY_EVERY);
    }

    private static void until(String condition, BooleanSupplier holds, Duration lookEvery) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + LONGEST.toSeconds() + " s: " + condition);
            }
            LockSupport.parkNanos(lookEvery.toNanos());
        }
    }
}
