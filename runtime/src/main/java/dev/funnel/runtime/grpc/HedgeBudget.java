package dev.funnel.runtime.grpc;

import java.util.concurrent.atomic.AtomicInteger;

/** Second calls that a channel may still send: earned by calls, a part each, and spent one by one. */
final class HedgeBudget {
    static final int MOST = 10;

    private static final int PARTS = 1_000; // of one call

    private final int earned;
    private final AtomicInteger parts = new AtomicInteger(MOST * PARTS);

    /** @param perCall part of a second call that each call earns */
    HedgeBudget(double perCall) {
        this.earned = (int) Math.round(perCall * PARTS);
    }

    void earn() {
        parts.updateAndGet(now -> Math.min(MOST * PARTS, now + earned));
    }

    /** Whether there was one to spend. */
    boolean spend() {
        int before = parts.getAndUpdate(now -> now >= PARTS ? now - PARTS : now);
        return before >= PARTS;
    }
}
