package dev.funnel.benchmarks.retrieval;

import dev.funnel.benchmarks.retrieval.Contender.Built;
import dev.funnel.bundle.ItemTest;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Measures one built index at one effort: recall over all queries, which also warms it up, then speed on one thread and on two.
 *
 * @param set the queries and their answers
 * @param k items wanted
 * @param share of the items that the filter lets pass
 * @param filter items accepted
 * @param seconds of each of the two measurements of speed
 */
record Measurement(VectorSet set, int k, double share, ItemTest filter, double seconds) {

    private static final int MOST_LATENCIES = 1_000_000;

    /** Beyond this the pass that takes recall ends early; the queries are in no order, so a part of them stands for all. */
    private static final long MOST_RECALL_NANOS = 60_000_000_000L;

    Point point(Contender contender, Built built, int effort, double buildSeconds, @Nullable Double openSeconds)
            throws Exception {
        double recall = recall(built, effort);
        long[] nanos = latencies(built, effort);
        double one = nanos.length / (Arrays.stream(nanos).sum() / 1e9);
        Arrays.sort(nanos);
        return new Point(
                contender.label(),
                contender.peer(),
                effort,
                recall,
                one,
                twoThreads(built, effort),
                nanos[nanos.length / 2] / 1e3,
                nanos[(int) (nanos.length * .99)] / 1e3,
                buildSeconds,
                built.bytes(),
                openSeconds,
                share);
    }

    private double recall(Built built, int effort) throws Exception {
        long end = System.nanoTime() + MOST_RECALL_NANOS;
        double sum = 0;
        int asked = 0;
        while (asked < set.queries().length && System.nanoTime() < end) {
            sum += share(set.truth()[asked], built.search(set.queries()[asked], k, effort, filter));
            asked++;
        }
        return sum / asked;
    }

    /** The share of the first {@code k} of the truth that was found. */
    private double share(int[] truth, int[] found) {
        int wanted = Math.min(k, truth.length);
        if (wanted == 0) {
            return 1;
        }
        int[] sought = Arrays.copyOf(truth, wanted);
        Arrays.sort(sought);
        long hits = Arrays.stream(found)
                .limit(k)
                .filter(item -> Arrays.binarySearch(sought, item) >= 0)
                .count();
        return (double) hits / wanted;
    }

    private long[] latencies(Built built, int effort) throws Exception {
        long[] nanos = new long[MOST_LATENCIES];
        long started = System.nanoTime();
        long end = started + (long) (seconds * 1e9);
        int count = 0;
        long before = started;
        while (count < nanos.length && (before < end || count == 0)) {
            built.search(set.queries()[count % set.queries().length], k, effort, filter);
            long after = System.nanoTime();
            nanos[count++] = after - before;
            before = after;
        }
        return Arrays.copyOf(nanos, count);
    }

    private double twoThreads(Built built, int effort) throws InterruptedException {
        LongAdder queries = new LongAdder();
        LongAdder starts = new LongAdder();
        long started = System.nanoTime();
        long end = started + (long) (seconds * 1e9);
        Workers.run(2, () -> {
            starts.increment();
            int at = starts.intValue() * (set.queries().length / 2);
            do {
                built.search(set.queries()[at++ % set.queries().length], k, effort, filter);
                queries.increment();
            } while (System.nanoTime() < end);
        });
        return queries.sum() / ((System.nanoTime() - started) / 1e9);
    }
}
