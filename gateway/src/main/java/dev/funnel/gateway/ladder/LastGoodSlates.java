package dev.funnel.gateway.ladder;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.funnel.runtime.telemetry.Counter;
import dev.funnel.runtime.telemetry.Labelled;
import dev.funnel.runtime.telemetry.Metrics;
import java.time.Duration;
import java.util.List;

/**
 * The last slate that each user was shown on each surface with candidates made for them: what is served before the popular slate
 * when candidate generation is absent, or lost so much that it gave nothing. Bounded in number and short-lived; what it holds passes
 * the door again.
 */
public final class LastGoodSlates {
    private final Cache<Surface, List<LastGood>> slates;
    private final Counter hits;
    private final Counter misses;

    /**
     * Where a slate was shown.
     *
     * @param userId not empty: anonymous sessions are not told apart
     * @param seedItemId empty if the slate was not related to an item
     */
    public record Surface(String userId, String pipeline, String seedItemId) {}

    /**
     * @param maxSlates how many are kept; 0 keeps none
     * @param lifetime how long one is kept
     */
    public LastGoodSlates(long maxSlates, Duration lifetime, Ticker ticker, Metrics metrics) {
        this.slates = Caffeine.newBuilder()
                .maximumSize(maxSlates)
                .expireAfterWrite(lifetime)
                .ticker(ticker)
                .build();
        Labelled<Counter> recalls = metrics.counter(
                "funnel.gateway.last_good", "{recall}", "Times a last good slate was asked for, hit or miss", "result");
        this.hits = recalls.of("hit");
        this.misses = recalls.of("miss");
    }

    public void remember(Surface surface, List<LastGood> items) {
        if (!surface.userId().isEmpty()) {
            slates.put(surface, List.copyOf(items));
        }
    }

    /** The items of the last good slate, best first; empty if there is none. */
    public List<LastGood> recall(Surface surface) {
        List<LastGood> items = slates.getIfPresent(surface);
        (items == null ? misses : hits).add(1);
        return items == null ? List.of() : items;
    }
}
