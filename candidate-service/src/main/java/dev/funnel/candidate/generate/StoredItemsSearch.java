package dev.funnel.candidate.generate;

import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.runtime.wire.ItemOrigin;
import dev.funnel.runtime.wire.QueryOrigin;

/** A search that knows nothing of live items: it finds stored ones, and what it does not know scores 0. */
record StoredItemsSearch(Search stored, int storedSize) implements Search {
    @Override
    public QueryOrigin origin() {
        return stored.origin();
    }

    @Override
    public ItemOrigin itemOrigin(int itemIndex) {
        return stored.itemOrigin(itemIndex);
    }

    @Override
    public String note() {
        return stored.note();
    }

    @Override
    public boolean exact() {
        return stored.exact();
    }

    @Override
    public Hits best(int limit, ItemTest filter, SearchLimit searchLimit) {
        return stored.best(limit, filter, searchLimit);
    }

    @Override
    public Hits exactBest(int limit, ItemTest filter, SearchLimit searchLimit) {
        return stored.exactBest(limit, filter, searchLimit);
    }

    @Override
    public Part part(int limit, ItemTest filter, SearchLimit searchLimit) {
        return stored.part(limit, filter, searchLimit);
    }

    @Override
    public float score(int itemIndex) {
        return itemIndex < storedSize ? stored.score(itemIndex) : 0;
    }
}
