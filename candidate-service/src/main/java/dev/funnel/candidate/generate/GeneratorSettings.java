package dev.funnel.candidate.generate;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one generator is served: an entry of {@code generators} in the configuration.
 *
 * @param name as in the bundle's manifest
 * @param kind a kind in {@link GeneratorKinds}; the manifest must agree
 * @param index which vector index serves it, if it has vectors
 * @param slice longest it may take of a call's time; absent: as long as the call has
 * @param places questions it works on at once; more wait; 0: one fewer than there are threads for arithmetic, so that a generator
 *     that hangs leaves one to the others
 * @param maxVisited how many items a search of vectors compares with its query before it stops with the best it has seen; it may
 *     exceed this by a few thousand. Live items are counted by themselves, and of a user and a seed item there are two searches.
 *     Absent: as many as it takes
 */
public record GeneratorSettings(
        String name,
        String kind,
        @Default("auto") IndexSetting index,
        @Nullable Duration slice,
        @Default("0") int places,
        @Nullable Integer maxVisited) {
    /** Which vector index. */
    public enum IndexSetting {
        /** What suits the catalogue's size. */
        AUTO,
        /** Compares with every item. */
        EXACT,
        /** The union graph. */
        UNION_GRAPH,
        /** The graph of HNSWlib-java. */
        HNSWLIB
    }

    public GeneratorSettings {
        Rule.notBlank("name", name);
        Rule.notBlank("kind", kind);
        Rule.between("places", places, 0, 1_000);
        if (maxVisited != null) {
            Rule.between("max_visited", maxVisited, 1, Integer.MAX_VALUE);
        }
        if (slice != null) {
            Rule.between("slice", slice, Duration.ofMillis(1), Duration.ofMinutes(1));
        }
    }

    /** A generator served as usual. */
    public static GeneratorSettings usual(String name, String kind) {
        return new GeneratorSettings(name, kind, IndexSetting.AUTO, null, 0, null);
    }
}
