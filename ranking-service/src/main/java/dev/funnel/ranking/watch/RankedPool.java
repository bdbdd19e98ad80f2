package dev.funnel.ranking.watch;

import dev.funnel.bundle.schema.FeatureSchema;
import dev.funnel.inference.Ranker;
import java.util.List;

/**
 * A pool that was ranked.
 *
 * @param scoring how
 * @param schema what the network reads
 * @param bundleVersion whose network
 * @param userId for whom; empty: anonymous
 * @param timeMillis the query's time
 * @param itemIds the candidates
 */
public record RankedPool(
        Ranker.Scoring scoring,
        FeatureSchema schema,
        String bundleVersion,
        String userId,
        long timeMillis,
        List<String> itemIds) {
    public RankedPool {
        itemIds = List.copyOf(itemIds);
    }
}
