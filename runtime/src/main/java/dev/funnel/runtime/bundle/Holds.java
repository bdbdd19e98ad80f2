package dev.funnel.runtime.bundle;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The number of holds on something that is to be freed once, when the last hold ends. It begins with one, of whoever made it. Taking and
 * giving a hold is one atomic addition; nobody ever waits.
 */
final class Holds {
    /** Far below zero, so that holds taken too late leave the count negative. */
    private static final int FREED = Integer.MIN_VALUE / 2;

    private final AtomicInteger count = new AtomicInteger(1);

    /** Takes a hold; false if the last one has ended. */
    boolean take() {
        if (count.getAndIncrement() >= 0) {
            return true;
        }
        count.getAndDecrement();
        return false;
    }

    /** Gives a hold back; true for exactly one caller, who frees. */
    boolean give() {
        return count.decrementAndGet() == 0 && count.compareAndSet(0, FREED);
    }

    /** How many there are now; negative once the last one has ended. */
    int now() {
        return count.get();
    }
}
