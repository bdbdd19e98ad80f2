package dev.funnel.bundle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question whose answer the trainer knew: a service that holds the component asks it after loading and refuses a bundle that
 * answers otherwise.
 *
 * @param component the generator, or {@code ranker}
 * @param userId who asks; null if the question is not about a user
 * @param seedItemId item asked about; null if none
 * @param itemIds of a generator: its first nominations in order; of the ranker: the candidates
 * @param scores the expected score of each, finite
 */
public record GoldenQuery(
        String component,
        @Nullable String userId,
        @Nullable String seedItemId,
        List<String> itemIds,
        List<Double> scores) {
    private static final int MAX_ITEMS = 1_000;

    /** Refuses lists of different lengths and scores that are not finite. */
    public GoldenQuery {
        ComponentNames.check("component of a golden query", component);
        itemIds = Bounds.list("item_ids", itemIds);
        scores = Bounds.list("scores", scores);
        if (itemIds.size() != scores.size() || itemIds.size() > MAX_ITEMS) {
            throw new IllegalArgumentException("a golden query of " + component + " has " + itemIds.size()
                    + " items and " + scores.size() + " scores; as many of both are needed, at most " + MAX_ITEMS);
        }
        if (scores.stream().anyMatch(score -> !Double.isFinite(score))) {
            throw new IllegalArgumentException("a golden query of " + component + " has a score that is not finite");
        }
    }
}
