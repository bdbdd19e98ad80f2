package dev.funnel.cli.evaluate;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.evaluate.NcfData;
import dev.funnel.trainer.evaluate.RankTally;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Asks for every user's slate and looks where the held-out item stands. Slates are drawn from the full catalogue less what the
 * user has watched, so these are full-ranking metrics.
 */
final class HeldOutRanks {

    private static final int NOT_SHOWN = -1;

    private final NcfData data;
    private final int concurrency;

    /** @param concurrency how many users are asked for at once */
    HeldOutRanks(NcfData data, int concurrency) {
        this.data = data;
        this.concurrency = concurrency;
    }

    /** The metrics {@code hr@10}, {@code ndcg@10} and {@code recall@50}. */
    Map<String, Double> measure(Slates slates, String what, Progress progress) throws InterruptedException {
        RankTally tally = new RankTally();
        for (int rank : ranks(slates, what, progress)) {
            tally.add(rank);
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("hr@10", tally.hitRate(10));
        metrics.put("ndcg@10", tally.ndcg(10));
        metrics.put("recall@50", tally.hitRate(Slates.SIZE));
        return metrics;
    }

    private int[] ranks(Slates slates, String what, Progress progress) throws InterruptedException {
        int[] ranks = new int[data.users()];
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        Runnable worker = () -> {
            for (int user = next.getAndIncrement(); user < ranks.length; user = next.getAndIncrement()) {
                ranks[user] = rank(slates.of(user), data.heldOut()[user]);
                progress.report(what, (double) done.incrementAndGet() / ranks.length);
            }
        };
        runAll(worker, next);
        return ranks;
    }

    private void runAll(Runnable worker, AtomicInteger next) throws InterruptedException {
        try (ExecutorService workers = Executors.newFixedThreadPool(concurrency)) {
            try {
                for (Future<?> work : IntStream.range(0, concurrency)
                        .mapToObj(i -> workers.submit(worker))
                        .toList()) {
                    work.get();
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } finally {
                next.set(data.users()); // the others stop after the user they are at
            }
        }
    }

    private static int rank(int[] slate, int heldOut) {
        for (int place = 0; place < slate.length; place++) {
            if (slate[place] == heldOut) {
                return place;
            }
        }
        return NOT_SHOWN;
    }
}
