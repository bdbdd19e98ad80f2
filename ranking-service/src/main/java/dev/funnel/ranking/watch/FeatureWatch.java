package dev.funnel.ranking.watch;

import dev.funnel.ranking.rank.SharedHold;
import dev.funnel.runtime.telemetry.Metrics;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what networks were given, of one request in so many, on a thread of its own beside the answer: counts missing features, writes
 * the feature log. At most {@value #MOST_WAITING} requests wait for it; a request that would be one more is not looked at.
 */
public final class FeatureWatch implements AutoCloseable {
    private static final int MOST_WAITING = 16;
    private static final long CLOSE_SECONDS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(FeatureWatch.class);

    private final int countedOneIn;
    private final int loggedOneIn;
    private final MissingFeatures missing;
    private final @Nullable FeatureLog log;
    private final AtomicLong requests = new AtomicLong();
    private final ThreadPoolExecutor looking = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name("feature-watch").factory());

    /** @param countedOneIn of so many requests one is counted; 0: none */
    public FeatureWatch(int countedOneIn, @Nullable FeatureLogSettings log, Metrics metrics) {
        this.countedOneIn = countedOneIn;
        this.loggedOneIn = log == null ? 0 : log.oneIn();
        this.missing = new MissingFeatures(metrics);
        this.log = log == null ? null : new FeatureLog(log);
    }

    /**
     * Looks at a pool, if it is one to look at.
     *
     * @param hold still held by the caller; kept until the pool was looked at
     */
    public void offer(SharedHold hold, Supplier<RankedPool> ranked) {
        long request = requests.getAndIncrement();
        boolean counted = countedOneIn > 0 && request % countedOneIn == 0;
        boolean logged = loggedOneIn > 0 && request % loggedOneIn == 0;
        if (!counted && !logged) {
            return;
        }
        RankedPool pool = ranked.get();
        SharedHold shared = hold.shared();
        try {
            looking.execute(() -> {
                try (shared) {
                    look(pool, counted, logged);
                }
            });
        } catch (RejectedExecutionException e) {
            shared.close();
        }
    }

    private void look(RankedPool pool, boolean counted, boolean logged) {
        if (counted) {
            missing.count(pool);
        }
        if (logged && log != null) {
            try {
                log.write(pool);
            } catch (IOException e) {
                LOG.warn("the feature log cannot be written: {}", e.toString());
            }
        }
    }

    /** Looks at what waits, for at most {@value #CLOSE_SECONDS} s. */
    @Override
    public void close() {
        looking.shutdown();
        try {
            if (!looking.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                looking.shutdownNow();
            }
        } catch (InterruptedException e) {
            looking.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
