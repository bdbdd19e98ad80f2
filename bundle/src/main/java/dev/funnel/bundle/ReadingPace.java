package dev.funnel.bundle;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * How fast a bundle's bytes are read while they are verified. A process that serves reads slowly: hashing at full speed takes a
 * processor from requests, and on Linux the JVM does not heed thread priorities. All threads of a scan share one pace: each piece
 * read is due as long after the one before as the pace gives it, and whoever is ahead waits.
 */
public final class ReadingPace {
    /** As fast as the machine can. */
    public static final ReadingPace UNLIMITED = new ReadingPace(Long.MAX_VALUE, () -> 0, nanos -> {});

    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long bytesPerSecond;
    private final LongSupplier clock;
    private final LongConsumer wait;
    private final AtomicLong due;

    ReadingPace(long bytesPerSecond, LongSupplier clock, LongConsumer wait) {
        this.bytesPerSecond = bytesPerSecond;
        this.clock = clock;
        this.wait = wait;
        this.due = new AtomicLong(clock.getAsLong());
    }

    /** That many bytes a second, at least 1, from now on. */
    public static ReadingPace of(long bytesPerSecond) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("bytes per second is " + bytesPerSecond + ", must be at least 1");
        }
        return new ReadingPace(bytesPerSecond, System::nanoTime, LockSupport::parkNanos);
    }

    /** Waits until a piece that was read is due; at once if the thread is interrupted. Time lost is not made up for. */
    void read(int bytes) {
        if (bytesPerSecond == Long.MAX_VALUE) {
            return;
        }
        long now = clock.getAsLong();
        long nanos = (long) ((double) bytes * NANOS_PER_SECOND / bytesPerSecond);
        long mine = due.updateAndGet(before -> Math.max(before + nanos, now));
        if (mine - now > 0) {
            wait.accept(mine - now);
        }
    }
}
