package dev.funnel.benchmarks.load;

import dev.funnel.trainer.Progress;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Sends requests when they are due, not when the one before is answered, and measures from when each was due: a server that stands still for a
 * second is charged with every request of that second, not with one (coordinated omission: Tene, "How NOT to measure latency", 2013).
 */
public final class OpenLoop {

    private static final int MOST_UNDER_WAY = 20_000;
    private static final long LONGEST_LAG_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long TOLD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Target target;
    private final Semaphore free = new Semaphore(MOST_UNDER_WAY);

    public OpenLoop(Target target) {
        this.target = target;
    }

    /**
     * Sends for as long as the load lasts, and returns when every request has ended.
     *
     * @param tallies asked at every intended start: where the request is counted
     * @param what for the progress line
     */
    public Lag drive(Load load, Supplier<Tally> tallies, Progress progress, String what) throws InterruptedException {
        Histogram lags = new Histogram(LONGEST_LAG_NANOS, 3);
        LongSupplier starts = load.arrivals().starts(load.ratePerSecond(), load.seed());
        long length = load.length().toNanos();
        long begun = System.nanoTime();
        long told = -TOLD_NANOS;
        long unsent = 0;
        long number = 0;
        for (long start = starts.getAsLong(); start < length; start = starts.getAsLong()) {
            if (start - told >= TOLD_NANOS) {
                progress.advance(what, (double) start / length);
                told = start;
            }
            waitUntil(begun + start);
            if (free.tryAcquire()) {
                send(number, begun + start, tallies.get());
                lags.recordValue(Math.clamp(System.nanoTime() - begun - start, 0, LONGEST_LAG_NANOS));
            } else {
                unsent++;
            }
            number++;
        }
        awaitEndings();
        progress.advance(what, 1);
        return Lag.of(lags, unsent);
    }

    /** Sends for a while without counting. */
    public void warm(Load load, Duration length, Progress progress, String what) throws InterruptedException {
        Tally uncounted = new Tally();
        var _ = drive(load.lasting(length), () -> uncounted, progress, what);
    }

    private void send(long number, long due, Tally tally) {
        target.send(number, ending -> {
            tally.ended(ending, System.nanoTime() - due);
            free.release();
        });
    }

    private void awaitEndings() throws InterruptedException {
        free.acquire(MOST_UNDER_WAY);
        free.release(MOST_UNDER_WAY);
    }

    private static void waitUntil(long nanos) throws InterruptedException {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
