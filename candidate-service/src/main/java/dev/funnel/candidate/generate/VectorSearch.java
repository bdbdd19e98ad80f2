package dev.funnel.candidate.generate;

import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.VectorIndex;
import dev.funnel.runtime.wire.QueryOrigin;

/** A search for the items nearest to one vector. */
record VectorSearch(VectorIndex index, float[] query, QueryOrigin origin, String note) implements Search {
    @Override
    public boolean exact() {
        return index.exact();
    }

    @Override
    public Hits best(int limit, ItemTest filter, SearchLimit searchLimit) {
        return index.search(query, limit, filter, searchLimit);
    }

    @Override
    public float score(int itemIndex) {
        return index.score(query, itemIndex);
    }
}
