package dev.funnel.candidate.generate;

import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.VectorIndex;
import dev.funnel.runtime.wire.ItemOrigin;
import dev.funnel.runtime.wire.QueryOrigin;
import java.util.function.IntFunction;

/**
 * A search for the items nearest to one vector.
 *
 * @param itemOrigins by item, how it came to its vector
 */
record VectorSearch(
        VectorIndex index, float[] query, QueryOrigin origin, String note, IntFunction<ItemOrigin> itemOrigins)
        implements Search {
    @Override
    public boolean exact() {
        return index.exact();
    }

    @Override
    public ItemOrigin itemOrigin(int itemIndex) {
        return itemOrigins.apply(itemIndex);
    }

    @Override
    public Hits best(int limit, ItemTest filter, SearchLimit searchLimit) {
        return index.search(query, limit, filter, searchLimit);
    }

    @Override
    public Hits exactBest(int limit, ItemTest filter, SearchLimit searchLimit) {
        return index.exhaustive(query, limit, filter, searchLimit);
    }

    @Override
    public Search over(LiveDelta live) {
        return new LiveVectorSearch(this, query, live);
    }

    @Override
    public float score(int itemIndex) {
        return index.score(query, itemIndex);
    }

    @Override
    public void scores(int[] named, int count, float[] into) {
        index.scores(query, named, count, into);
    }
}
