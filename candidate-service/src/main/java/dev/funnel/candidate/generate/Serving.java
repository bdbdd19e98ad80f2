package dev.funnel.candidate.generate;

import dev.funnel.candidate.cache.Caches;
import dev.funnel.candidate.cache.QueryVectors;
import dev.funnel.candidate.index.ServedShards;

/**
 * How the generators of a bundle version are served by this process.
 *
 * @param shards those the process serves. A generator that does not care searches all items: those of other shards are kept out by
 *     the filter of every search
 * @param queries remembers what questions became, for all generators of the version
 */
public record Serving(ServedShards shards, QueryVectors queries) {
    /** As usual, without counting anything. */
    public static Serving of(ServedShards shards) {
        return new Serving(shards, Caches.usual().queries());
    }
}
