package dev.funnel.candidate.retrieve;

import dev.funnel.candidate.snapshot.CandidateSnapshot;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.ItemFilter;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.runtime.bundle.Lease;
import dev.funnel.runtime.telemetry.Histogram;
import dev.funnel.runtime.telemetry.Labelled;
import dev.funnel.runtime.telemetry.Metrics;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Shows what share of the exact answers approximate searches find while serving: one in so many is repeated exactly, in spare
 * time, after it was answered. Where there is no spare time, or the repetition takes too long, that sample is dropped.
 */
final class RecallSample {
    private static final double[] SHARES = {.5, .7, .8, .9, .95, .97, .98, .99, .995, .999, 1};
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final int oneIn;
    private final SpareTime spare;
    private final Labelled<Histogram> recall;
    private final Map<String, AtomicLong> searches = new ConcurrentHashMap<>();

    /** @param oneIn 0: no search is repeated */
    RecallSample(int oneIn, SpareTime spare, Metrics metrics) {
        this.oneIn = oneIn;
        this.spare = spare;
        this.recall = metrics.histogram(
                "funnel.candidate.recall",
                "1",
                "share of the exact answer that an approximate search found, of sampled searches",
                SHARES,
                "generator");
    }

    /** A search was done with the filter. */
    void saw(Lease<CandidateSnapshot> lease, Answer.Found found, ItemFilter filter) {
        if (oneIn > 0 && !found.search().exact() && found.hits().complete() && isNext(found.name())) {
            spare.offer(lease, () -> measure(found, filter));
        }
    }

    private boolean isNext(String generator) {
        AtomicLong count = searches.computeIfAbsent(generator, name -> new AtomicLong());
        return count.incrementAndGet() % oneIn == 0;
    }

    private void measure(Answer.Found found, ItemFilter filter) {
        SearchLimit limit = SearchLimit.until(System.nanoTime() + LONGEST_NANOS);
        Hits exact = found.search().exactBest(found.limit(), filter, limit);
        if (exact.complete() && exact.size() > 0) {
            recall.of(found.name()).record(share(found.hits(), exact));
        }
    }

    private static double share(Hits found, Hits exact) {
        int[] items = found.items().clone();
        Arrays.sort(items);
        long common = Arrays.stream(exact.items())
                .filter(item -> Arrays.binarySearch(items, item) >= 0)
                .count();
        return (double) common / exact.size();
    }
}
