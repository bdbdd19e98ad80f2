package dev.funnel.ranking.rank;

import dev.funnel.runtime.telemetry.Counter;
import dev.funnel.runtime.telemetry.Histogram;
import dev.funnel.runtime.telemetry.Labelled;
import dev.funnel.runtime.telemetry.Metrics;
import dev.funnel.runtime.wire.Degradation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts pools by what they were scored by, their candidates, those the bundle does not hold, and where the time went. Labels are
 * names of bundle and configuration: an objective that nobody declared is refused before it is counted.
 */
public final class RankMetrics {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double[] SECONDS = {
        .000_05, .000_1, .000_2, .000_5, .001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2
    };

    private final Labelled<Counter> pools;
    private final Labelled<Counter> replaced;
    private final Map<String, Counter> poolsByObjective = new ConcurrentHashMap<>();
    private final Counter candidates;
    private final Counter unknownItems;
    private final Histogram reading;
    private final Histogram scoring;

    public RankMetrics(Metrics metrics) {
        this.pools = metrics.counter(
                "funnel.ranking.pools",
                "{pool}",
                "pools scored, by the head or formula that was the score",
                "objective");
        this.replaced = metrics.counter(
                "funnel.ranking.objective.replaced",
                "{pool}",
                "pools for which the objective asked for was not finite",
                "objective");
        this.candidates = metrics.counter("funnel.ranking.candidates", "{item}", "candidates scored")
                .of();
        this.unknownItems = metrics.counter(
                        "funnel.ranking.unknown.items", "{item}", "candidates scored that the bundle does not hold")
                .of();
        Labelled<Histogram> parts = metrics.histogram(
                "funnel.ranking.part.duration",
                "s",
                "time of a part: read, the request into what features are made of; score, features and network, with waiting for threads",
                SECONDS,
                "part");
        this.reading = parts.of("read");
        this.scoring = parts.of("score");
    }

    /**
     * Counts a pool.
     *
     * @param readNanos time until what all candidates share was read
     * @param scoreNanos time from there until all were scored
     */
    public void count(ObjectiveScores scored, int unknown, long readNanos, long scoreNanos) {
        poolsByObjective.computeIfAbsent(scored.objective(), pools::of).add(1);
        for (Degradation loss : scored.degradations()) {
            replaced.of(loss.component()).add(1);
        }
        candidates.add(scored.scores().length);
        unknownItems.add(unknown);
        reading.record(readNanos / NANOS_PER_SECOND);
        scoring.record(scoreNanos / NANOS_PER_SECOND);
    }
}
