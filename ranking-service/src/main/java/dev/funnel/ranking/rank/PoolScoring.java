package dev.funnel.ranking.rank;

import dev.funnel.inference.Ranker;
import dev.funnel.inference.engine.NonFiniteOutputException;
import dev.funnel.runtime.compute.ArithmeticPool;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.DeadlinePassed;
import dev.funnel.runtime.error.PreconditionFailed;
import dev.funnel.runtime.grpc.VirtualThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Scores a pool on the arithmetic threads: a small one in one go, a large one in parts side by side. How it was cut does not
 * show in the scores. Between slices the deadline is looked at.
 */
public final class PoolScoring implements AutoCloseable {
    private final ArithmeticPool arithmetic;
    private final VirtualThreads waiting = new VirtualThreads();
    private final int partSize;

    /** @param partSize pools larger than this are scored in parts of at least this many candidates */
    public PoolScoring(ArithmeticPool arithmetic, int partSize) {
        this.arithmetic = arithmetic;
        this.partSize = partSize;
    }

    /**
     * Scores a part of a pool; parts that do not overlap are scored side by side.
     *
     * @param <P> the pool
     */
    @FunctionalInterface
    public interface SliceScoring<P> {
        /** Scores candidates {@code from} to {@code to}. */
        void score(P pool, int from, int to);
    }

    /** In how many parts a pool of that size is scored. */
    public int parts(int candidates) {
        return Math.clamp(candidates / partSize, 1, arithmetic.size());
    }

    /**
     * Scores all candidates.
     *
     * @param hold keeps the ranker usable while any part is at work
     * @param candidates how many the pool has
     * @param begin makes the pool, on an arithmetic thread
     * @return the pool, scored
     * @throws DeadlinePassed if there is not enough time
     * @throws PreconditionFailed if the network gives a value that is not finite
     */
    public <P> P score(SharedHold hold, int candidates, Callable<P> begin, SliceScoring<P> scoring, Deadline deadline) {
        try {
            int parts = parts(candidates);
            return parts == 1
                    ? arithmetic.call(deadline, hold.during(() -> whole(begin, scoring, candidates, deadline)))
                    : inParts(hold, parts, candidates, begin, scoring, deadline);
        } catch (NonFiniteOutputException e) {
            throw new PreconditionFailed(ObjectiveScores.NOT_FINITE, String.valueOf(e.getMessage()));
        }
    }

    private static <P> P whole(Callable<P> begin, SliceScoring<P> scoring, int candidates, Deadline deadline)
            throws Exception {
        P pool = begin.call();
        slices(pool, scoring, 0, candidates, deadline);
        return pool;
    }

    private <P> P inParts(
            SharedHold hold, int parts, int candidates, Callable<P> begin, SliceScoring<P> scoring, Deadline deadline) {
        P pool = arithmetic.call(deadline, hold.during(begin));
        List<Future<Integer>> running = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int from = (int) ((long) candidates * part / parts);
            int to = (int) ((long) candidates * (part + 1) / parts);
            running.add(waiting.submit(
                    () -> arithmetic.call(deadline, hold.during(() -> slices(pool, scoring, from, to, deadline)))));
        }
        running.forEach(PoolScoring::join);
        return pool;
    }

    static <P> int slices(P pool, SliceScoring<P> scoring, int from, int to, Deadline deadline) {
        for (int at = from; at < to; at += Ranker.SLICE) {
            deadline.check("scoring candidates " + at + " to " + to);
            scoring.score(pool, at, Math.min(to, at + Ranker.SLICE));
        }
        return to - from;
    }

    private static void join(Future<Integer> part) {
        try {
            part.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeadlinePassed("interrupted while waiting for scores");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        waiting.close();
    }
}
