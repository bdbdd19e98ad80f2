package dev.funnel.benchmarks.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What became of the requests of a run, or of a part of one. Safe to use from many threads. */
public final class Tally {

    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 3;
    private static final int MOST_CAUSES = 100;

    private final Histogram answers = new ConcurrentHistogram(LONGEST_NANOS, DIGITS);
    private final Histogram margins = new ConcurrentHistogram(LONGEST_NANOS, DIGITS);
    private final LongAdder complete = new LongAdder();
    private final LongAdder degraded = new LongAdder();
    private final LongAdder shed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Map<String, LongAdder> losses = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> rungs = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
    private final Map<Place, LongAdder> nanos = new ConcurrentSkipListMap<>();
    private final LongAdder pool = new LongAdder();

    /** Where an answer's time went. */
    public enum Place {
        /** From the intended start to the gateway, and back: waiting to be sent, the client, the socket, the queue before the gateway's own clock. */
        BEFORE_GATEWAY,
        /** Inside the gateway, the hops to the stages included. */
        GATEWAY_AND_HOPS,
        CANDIDATES,
        RANKING,
        RERANKING
    }

    /**
     * Counts a request.
     *
     * @param tookNanos from its intended start to its end
     */
    public void ended(Ending ending, long tookNanos) {
        switch (ending) {
            case Ending.Answered answer -> answered(answer, Math.clamp(tookNanos, 0, LONGEST_NANOS));
            case Ending.Shed() -> shed.increment();
            case Ending.Failed(String cause) -> {
                failed.increment();
                count(failures, cause);
            }
        }
    }

    /** Answers without any loss. */
    public long complete() {
        return complete.sum();
    }

    /** Answers with some loss. */
    public long degraded() {
        return degraded.sum();
    }

    /** Requests turned away. */
    public long shed() {
        return shed.sum();
    }

    /** Requests without an answer, except those turned away. */
    public long failed() {
        return failed.sum();
    }

    /** How many answers had each loss, as {@code stage/kind}; one answer may have several. */
    public Map<String, Long> losses() {
        return sums(losses);
    }

    /** How many answers stood on each rung. */
    public Map<String, Long> rungs() {
        return sums(rungs);
    }

    /** How many requests failed for each cause. */
    public Map<String, Long> failures() {
        return sums(failures);
    }

    /** The time that a share of all answers stay at or below, milliseconds; 0 if there is no answer. */
    public double millis(double share) {
        return answers.getTotalCount() == 0 ? 0 : answers.getValueAtPercentile(share * 100) / 1e6;
    }

    /** How long before the caller's own deadline all but a share of the answers came, milliseconds; 0 if there is no answer. */
    public double marginMillis(double allBut) {
        return margins.getTotalCount() == 0 ? 0 : margins.getValueAtPercentile(allBut * 100) / 1e6;
    }

    /** Mean time of an answer, milliseconds. */
    public double meanMillis() {
        return answers.getMean() / 1e6;
    }

    /** The share of the answers' time that was spent at each place; the shares add up to 1. Empty if no answer says. */
    public Map<Place, Double> shares() {
        double all = nanos.values().stream().mapToLong(LongAdder::sum).sum();
        Map<Place, Double> shares = new TreeMap<>();
        nanos.forEach((place, sum) -> shares.put(place, sum.sum() / all));
        return shares;
    }

    /** Candidates that an answer was chosen from, mean. */
    public double meanPool() {
        long count = complete() + degraded();
        return count == 0 ? 0 : (double) pool.sum() / count;
    }

    private void answered(Ending.Answered answer, long took) {
        answers.recordValue(took);
        margins.recordValue(Math.clamp(answer.marginNanos(), 0, LONGEST_NANOS));
        (answer.losses().isEmpty() ? complete : degraded).increment();
        answer.losses().stream().distinct().forEach(loss -> count(losses, loss));
        if (!answer.rung().isEmpty()) {
            count(rungs, answer.rung());
        }
        StageTimes times = answer.times();
        pool.add(times.pool());
        if (times.gateway() > 0) {
            long stages = times.candidates() + times.ranking() + times.reranking();
            add(Place.BEFORE_GATEWAY, took - times.gateway());
            add(Place.GATEWAY_AND_HOPS, times.gateway() - stages);
            add(Place.CANDIDATES, times.candidates());
            add(Place.RANKING, times.ranking());
            add(Place.RERANKING, times.reranking());
        }
    }

    private void add(Place place, long added) {
        nanos.computeIfAbsent(place, each -> new LongAdder()).add(Math.max(0, added));
    }

    private static void count(Map<String, LongAdder> counts, String cause) {
        String counted = counts.containsKey(cause) || counts.size() < MOST_CAUSES ? cause : "other";
        counts.computeIfAbsent(counted, each -> new LongAdder()).increment();
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counts) {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach((cause, count) -> sums.put(cause, count.sum()));
        return sums;
    }
}
