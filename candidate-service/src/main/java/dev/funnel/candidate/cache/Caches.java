package dev.funnel.candidate.cache;

import dev.funnel.bundle.ItemTable;
import dev.funnel.runtime.telemetry.Counter;
import dev.funnel.runtime.telemetry.Labelled;
import dev.funnel.runtime.telemetry.Metrics;

/** Makes the caches of each bundle version, which go when it goes, and counts how often they are asked in vain. */
public final class Caches {
    private final CacheSettings settings;
    private final Labelled<Counter> asked;

    /** Counts for one cache. */
    record Lookups(Counter hits, Counter misses) {}

    public Caches(CacheSettings settings, Metrics metrics) {
        this.settings = settings;
        this.asked =
                metrics.counter("funnel.candidate.cache.lookups", "{lookup}", "lookups in caches", "cache", "outcome");
    }

    /** As configured when nothing is said, and not counted. */
    public static Caches usual() {
        return new Caches(CacheSettings.usual(), Metrics.off());
    }

    /** For predicates over a bundle's own items. */
    public PredicateBitmaps predicates(ItemTable stored) {
        return new PredicateBitmaps(stored, settings.predicates().bytes(), lookups("predicates"));
    }

    /** For the generators of one bundle version. */
    public QueryVectors queries() {
        return new QueryVectors(settings.queries().bytes(), lookups("queries"));
    }

    private Lookups lookups(String cache) {
        return new Lookups(asked.of(cache, "hit"), asked.of(cache, "miss"));
    }
}
