package dev.funnel.trainer.generate;

import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.Hits;

/** A generator that knows whom it answers. For one thread. */
public interface Asked {

    /** The generator's best {@code k} items that the filter accepts. */
    Hits best(int k, ItemTest filter);

    /** The generator's score of an item; 0 where it has nothing to say. */
    float score(int item);

    /** The scores of these items. */
    default float[] scores(int[] items) {
        float[] scores = new float[items.length];
        for (int i = 0; i < items.length; i++) {
            scores[i] = score(items[i]);
        }
        return scores;
    }
}
