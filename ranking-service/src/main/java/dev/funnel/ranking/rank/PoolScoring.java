package dev.funnel.ranking.rank;

import dev.funnel.inference.Ranker;
import dev.funnel.inference.feature.RankingInput;
import dev.funnel.runtime.compute.ArithmeticPool;
import dev.funnel.runtime.deadline.Deadline;
import dev.funnel.runtime.error.DeadlinePassed;
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

    /** In how many parts a pool of that size is scored. */
    public int parts(int candidates) {
        return Math.clamp(candidates / partSize, 1, arithmetic.size());
    }

    /**
     * Scores all candidates.
     *
     * @param hold keeps the ranker usable while any part is at work
     * @param candidates how many the input has
     * @param input made on an arithmetic thread
     * @throws DeadlinePassed if there is not enough time
     */
    public Ranker.Scoring score(
            SharedHold hold, Ranker ranker, int candidates, Callable<RankingInput> input, Deadline deadline) {
        int parts = parts(candidates);
        if (parts == 1) {
            return arithmetic.call(deadline, hold.during(() -> {
                Ranker.Scoring scoring = ranker.begin(input.call());
                score(scoring, 0, candidates, deadline);
                return scoring;
            }));
        }
        Ranker.Scoring scoring = arithmetic.call(deadline, hold.during(() -> ranker.begin(input.call())));
        List<Future<Integer>> running = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int from = (int) ((long) candidates * part / parts);
            int to = (int) ((long) candidates * (part + 1) / parts);
            running.add(waiting.submit(
                    () -> arithmetic.call(deadline, hold.during(() -> score(scoring, from, to, deadline)))));
        }
        running.forEach(PoolScoring::join);
        return scoring;
    }

    private static int score(Ranker.Scoring scoring, int from, int to, Deadline deadline) {
        for (int at = from; at < to; at += Ranker.SLICE) {
            deadline.check("scoring candidates " + at + " to " + to);
            scoring.score(at, Math.min(to, at + Ranker.SLICE));
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
