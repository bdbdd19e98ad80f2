package dev.funnel.candidate.cache;

import dev.funnel.runtime.config.ByteSize;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;

/**
 * How much is remembered for each bundle version that is held: the {@code cache} section of the configuration.
 *
 * @param predicates bitmaps of item predicates, one bit an item each; 0B: none are made
 * @param queries vectors that questions were turned into; 0B: none are kept
 */
public record CacheSettings(
        @Default("64MiB") ByteSize predicates,
        @Default("16MiB") ByteSize queries) {
    public CacheSettings {
        Rule.between("predicates", predicates, new ByteSize(0), ByteSize.mebibytes(16 << 10));
        Rule.between("queries", queries, new ByteSize(0), ByteSize.mebibytes(16 << 10));
    }

    /** As configured when nothing is said. */
    public static CacheSettings usual() {
        return new CacheSettings(ByteSize.mebibytes(64), ByteSize.mebibytes(16));
    }
}
