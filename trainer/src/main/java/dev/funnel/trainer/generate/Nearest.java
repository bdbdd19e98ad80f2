package dev.funnel.trainer.generate;

import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.ExactScanIndex;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;

/** A question answered by the item vectors most similar to the asker's, searched exactly. */
record Nearest(ExactScanIndex index, float[] query) implements Asked {
    @Override
    public Hits best(int k, ItemTest filter) {
        return index.search(query, k, filter, SearchLimit.none());
    }

    @Override
    public float score(int item) {
        return index.score(query, item);
    }
}
