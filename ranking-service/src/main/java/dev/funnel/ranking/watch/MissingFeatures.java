package dev.funnel.ranking.watch;

import dev.funnel.runtime.telemetry.Counter;
import dev.funnel.runtime.telemetry.Labelled;
import dev.funnel.runtime.telemetry.Metrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts for how many candidates each feature was missing or out of vocabulary. Over {@code funnel.ranking.feature.candidates} it is the
 * feature's share missing.
 */
final class MissingFeatures {
    private final Counter candidates;
    private final Labelled<Counter> missing;
    private final Map<String, Counter> byFeature = new ConcurrentHashMap<>();

    MissingFeatures(Metrics metrics) {
        this.candidates = metrics.counter(
                        "funnel.ranking.feature.candidates", "{candidate}", "Candidates whose features were looked at.")
                .of();
        this.missing = metrics.counter(
                "funnel.ranking.feature.missing",
                "{candidate}",
                "Candidates, of those looked at, for which the feature was missing or out of vocabulary.",
                "feature");
    }

    void count(RankedPool pool) {
        candidates.add(pool.itemIds().size());
        pool.schema().featureNames().forEach(this::counter);
        pool.scoring().missing().forEach((feature, count) -> counter(feature).add(count));
    }

    /** The counter of a feature; known from the first look on, so that a share of 0 is seen too. */
    private Counter counter(String feature) {
        return byFeature.computeIfAbsent(feature, name -> {
            Counter counter = missing.of(name);
            counter.add(0);
            return counter;
        });
    }
}
