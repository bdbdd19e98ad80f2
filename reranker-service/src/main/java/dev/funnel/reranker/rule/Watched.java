package dev.funnel.reranker.rule;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.time.Duration;

/**
 * Removes what the user has already watched, liked or bought.
 *
 * <p>With a window, only watches that lie within it before the query's time count. A watch whose time is unknown counts, except
 * one among the older watches when the oldest known recent watch already lies outside the window.
 *
 * @param name its identifier
 * @param preferred true if it gives way when the slate would be short
 * @param within how long a watch keeps an item away, 1 s to 36500 days
 * @param share share of {@code duration_seconds} that must have been watched for a watch to count, 0 to 1; where either is
 *     unknown it counts
 */
public record Watched(
        @Default("watched") String name,
        @Default("false") boolean preferred,
        @Default("36500d") Duration within,
        @Default("0") double share)
        implements Filter {

    public Watched {
        Rule.between("within", within, Duration.ofSeconds(1), Duration.ofDays(36500));
        Rule.between("share", share, 0, 1);
    }

    @Override
    public Screen screen(RerankInput input) {
        return new WatchedScreen(input, input.timeMillis() - within.toMillis(), share);
    }
}
