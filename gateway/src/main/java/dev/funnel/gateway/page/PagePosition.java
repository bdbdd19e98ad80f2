package dev.funnel.gateway.page;

import dev.funnel.bundle.BundleVersion;
import java.time.Instant;

/**
 * Where a caller stands in a slate longer than a page: everything that page two needs to continue page one.
 *
 * @param version bundle version that page one was made from
 * @param pipeline name of the pipeline
 * @param question fingerprint of who asked for what, see {@link PageTokens#fingerprint}; another question is another slate
 * @param seed of everything random
 * @param time the instant the slate is for, so that freshness does not move between pages
 * @param shown item indexes of {@code version} that earlier pages showed, in order; at most {@link #MAX_SHOWN}
 */
public record PagePosition(
        BundleVersion version, String pipeline, long question, long seed, Instant time, int[] shown) {
    /** Items that all pages of one slate show at most; the page that reaches it is the last. */
    public static final int MAX_SHOWN = 2_000;

    public PagePosition {
        if (shown.length > MAX_SHOWN) {
            throw new IllegalArgumentException(shown.length + " shown items, at most " + MAX_SHOWN);
        }
    }

    /** The same slate, further on. */
    public PagePosition after(int[] shownNow) {
        return new PagePosition(version, pipeline, question, seed, time, shownNow);
    }
}
