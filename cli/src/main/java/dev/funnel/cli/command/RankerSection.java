package dev.funnel.cli.command;

import dev.funnel.runtime.config.Default;
import dev.funnel.trainer.rank.DeclaredTable;
import dev.funnel.trainer.rank.RankerSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What differs from the ranker that is trained unless told: the section {@code ranker} of a training configuration.
 *
 * @param recentWatches how many of the newest watches "recent" means, 1 to 1,000
 * @param tables that the features look up: learnt ones, and item vectors of generators
 * @param features what it reads; absent: what tables, generators and log allow
 */
record RankerSection(
        @Default("50") int recentWatches,
        @Default("[]") List<DeclaredTable> tables,
        @Nullable List<FeatureSection> features) {

    RankerSection {
        if (features != null) {
            FeatureSections.declared(recentWatches, tables, features);
        } else if (!tables.isEmpty()) {
            throw new IllegalArgumentException("tables are declared, but no features that look them up");
        }
    }

    /** Settings with what is configured in place of the usual; null: no ranker is trained. */
    @Nullable
    RankerSettings of(@Nullable RankerSettings usual) {
        return usual == null || features == null
                ? usual
                : usual.withFeatures(FeatureSections.declared(recentWatches, tables, features));
    }
}
