package dev.funnel.ranking.snapshot;

import dev.funnel.inference.Ranker;
import dev.funnel.runtime.telemetry.Gauge;
import dev.funnel.runtime.telemetry.Labelled;
import dev.funnel.runtime.telemetry.Metrics;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Shows what runs the ranker of the bundle loaded last, and how items' shares of its network are kept. */
public final class RankerMetrics {
    private final Labelled<Gauge> running;
    private final Gauge shareBytes;
    private final Set<Run> known = new HashSet<>();

    private record Run(String engine, String projection) {}

    public RankerMetrics(Metrics metrics) {
        this.running = metrics.gauge(
                "funnel.ranking.engine",
                "1",
                "1 for what runs the ranker of the bundle loaded last, 0 for what ran one before",
                "engine",
                "projection");
        this.shareBytes = metrics.gauge(
                        "funnel.ranking.share.size",
                        "By",
                        "Memory of items' shares of the network of the bundle loaded last")
                .of();
    }

    /** The same snapshot, its ranker shown. */
    public synchronized RankingSnapshot noted(RankingSnapshot snapshot) {
        if (snapshot.ranks()) {
            Ranker ranker = snapshot.ranker();
            known.forEach(run -> running.of(run.engine(), run.projection()).set(0));
            Run run = new Run(ranker.engine(), ranker.projection().form().name().toLowerCase(Locale.ROOT));
            known.add(run);
            running.of(run.engine(), run.projection()).set(1);
            shareBytes.set(ranker.projection().bytes());
        }
        return snapshot;
    }
}
