package dev.funnel.trainer.fit;

import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.RankedList;
import dev.funnel.retrieval.TopK;

/**
 * The items with the highest scores of all, best first, equal scores by item index: what {@link RankedList} serves.
 *
 * @param items item indexes
 * @param scores the score of each, in the same order, above 0
 */
public record RankedItems(int[] items, float[] scores) {

    /** The list as it is served. */
    public RankedList list() {
        return new RankedList(items, scores);
    }

    /** The {@code most} items with the highest scores above 0. */
    static RankedItems best(float[] scoreOfItem, int most) {
        TopK top = new TopK(Math.min(most, scoreOfItem.length));
        for (int item = 0; item < scoreOfItem.length; item++) {
            if (scoreOfItem[item] > 0) {
                top.offer(item, scoreOfItem[item]);
            }
        }
        Hits hits = top.drain(0, true);
        return new RankedItems(hits.items(), hits.scores());
    }
}
