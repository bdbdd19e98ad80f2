package dev.funnel.candidate.generate;

import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.TopK;
import dev.funnel.runtime.wire.ItemOrigin;
import dev.funnel.runtime.wire.QueryOrigin;
import java.util.Map;

/**
 * A few items with their scores, made for one question, as a search.
 *
 * @param scores by item, above 0; other items have 0
 * @param itemOrigin of all of them
 */
record ScoredItems(Map<Integer, Float> scores, QueryOrigin origin, ItemOrigin itemOrigin, String note)
        implements Search {
    @Override
    public boolean exact() {
        return true;
    }

    @Override
    public ItemOrigin itemOrigin(int itemIndex) {
        return itemOrigin;
    }

    @Override
    public Hits best(int limit, ItemTest filter, SearchLimit searchLimit) {
        TopK best = new TopK(Math.min(limit, scores.size()));
        int filtered = 0;
        for (Map.Entry<Integer, Float> each : scores.entrySet()) {
            if (best.wouldKeep(each.getKey(), each.getValue())) {
                if (filter.test(each.getKey())) {
                    best.offer(each.getKey(), each.getValue());
                } else {
                    filtered++;
                }
            }
        }
        return best.drain(filtered, true);
    }

    @Override
    public float score(int itemIndex) {
        return scores.getOrDefault(itemIndex, 0f);
    }
}
