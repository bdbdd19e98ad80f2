package dev.funnel.cli.bench;

import dev.funnel.benchmarks.load.Footprint;
import dev.funnel.benchmarks.load.Tally;
import dev.funnel.bundle.BundleRefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Publishes versions at intervals while a funnel is under load. A swap lasts from publishing until a second after the first answer from the new
 * version: by then every process has loaded it and let go of the one before the last. After the fifth it is looked what each process holds;
 * requests that are due meanwhile are set aside, as garbage is collected for it.
 */
final class Swaps implements AutoCloseable {

    static final int FIFTH = 5;
    private static final long LOOK_MILLIS = 50;
    private static final Duration SETTLING = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final BundleCopies copies;
    private final FunnelUnderTest funnel;
    private final Duration every;
    private final Tally quiet = new Tally();
    private final Tally during = new Tally();
    private final Tally aside = new Tally();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile Tally tally = quiet;
    private volatile int count;
    private volatile Map<String, Footprint> fifth = Map.of();

    private Swaps(BundleCopies copies, FunnelUnderTest funnel, Duration every) {
        this.copies = copies;
        this.funnel = funnel;
        this.every = every;
    }

    static Swaps start(BundleCopies copies, FunnelUnderTest funnel, Duration every) {
        Swaps swaps = new Swaps(copies, funnel, every);
        Thread.ofPlatform().daemon().name("swaps").start(swaps::run);
        return swaps;
    }

    /** Where a request that is due now is counted. */
    Tally tally() {
        return tally;
    }

    Tally quiet() {
        return quiet;
    }

    Tally during() {
        return during;
    }

    /** Requests that were due while it was looked what processes hold. */
    Tally aside() {
        return aside;
    }

    /** Swaps that were completed. */
    int count() {
        return count;
    }

    /** What each process held after the fifth swap; nothing if there were fewer. */
    Map<String, Footprint> fifth() {
        return fifth;
    }

    /** Publishes no more, and fails if a swap did. */
    void stop() throws IOException {
        stopped.countDown();
        try {
            ended.join();
        } catch (CompletionException e) {
            throw new IOException("a swap failed: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        stopped.countDown();
    }

    private void run() {
        try {
            while (!stopped.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                swap();
            }
            ended.complete(null);
        } catch (IOException | InterruptedException | BundleRefusedException | RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    private void swap() throws IOException, InterruptedException, BundleRefusedException {
        tally = during;
        String version = copies.publish().value();
        long begun = System.nanoTime();
        while (funnel.newestVersion().compareTo(version) < 0) {
            if (stopped.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
            if (System.nanoTime() - begun > LONGEST.toNanos()) {
                throw new IOException(version + " was not served within " + LONGEST.toSeconds() + " s");
            }
        }
        var _ = stopped.await(SETTLING.toMillis(), TimeUnit.MILLISECONDS);
        int swaps = count + 1; // this thread alone counts
        if (swaps == FIFTH) {
            tally = aside;
            fifth = funnel.footprints();
        }
        tally = quiet;
        count = swaps;
    }
}
