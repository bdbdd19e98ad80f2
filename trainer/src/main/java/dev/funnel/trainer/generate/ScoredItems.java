package dev.funnel.trainer.generate;

import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.TopK;
import java.util.Map;

/**
 * A few items with their scores, made for one who asks.
 *
 * @param scores by item, above 0; other items have 0
 */
record ScoredItems(Map<Integer, Float> scores) implements Asked {
    @Override
    public Hits best(int k, ItemTest filter) {
        TopK best = new TopK(Math.min(k, scores.size()));
        scores.forEach((item, score) -> {
            if (filter.test(item)) {
                best.offer(item, score);
            }
        });
        return best.drain(0, true);
    }

    @Override
    public float score(int item) {
        return scores.getOrDefault(item, 0f);
    }
}
