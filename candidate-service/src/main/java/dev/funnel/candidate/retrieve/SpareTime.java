package dev.funnel.candidate.retrieve;

import dev.funnel.candidate.snapshot.CandidateSnapshot;
import dev.funnel.runtime.bundle.Lease;
import dev.funnel.runtime.compute.ArithmeticPool;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does work that nobody waits for: one piece at a time, on a thread for arithmetic that has nothing to do, or not at all. The
 * bundle version the work is about is held meanwhile.
 */
final class SpareTime {
    private static final Logger LOG = LoggerFactory.getLogger(SpareTime.class);

    private final ArithmeticPool arithmetic;
    private final Semaphore one = new Semaphore(1);

    SpareTime(ArithmeticPool arithmetic) {
        this.arithmetic = arithmetic;
    }

    /** Takes the work, or declines it because there is other work. */
    void offer(Lease<CandidateSnapshot> lease, Runnable work) {
        if (one.tryAcquire()) {
            Lease<CandidateSnapshot> hold = lease.share();
            if (!arithmetic.whenIdle(() -> run(work, hold))) {
                done(hold);
            }
        }
    }

    private void run(Runnable work, Lease<CandidateSnapshot> hold) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("work in spare time failed", e);
        } finally {
            done(hold);
        }
    }

    private void done(Lease<CandidateSnapshot> hold) {
        hold.close();
        one.release();
    }
}
