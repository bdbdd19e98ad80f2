package dev.funnel.candidate.generate;

import dev.funnel.bundle.CategoryColumn;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.cold.UploaderItems;
import dev.funnel.runtime.wire.ItemOrigin;
import dev.funnel.runtime.wire.QueryOrigin;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A search for the newest items of some uploaders, what they uploaded or published anew since the bundle among them.
 *
 * @param found by item, how new it is
 * @param uploaders who is followed
 * @param nowMs milliseconds since 1970; what is published later is not there yet
 */
record FollowedSearch(Map<Integer, Float> found, Set<String> uploaders, long nowMs) implements Search {
    @Override
    public QueryOrigin origin() {
        return QueryOrigin.FOLLOWED;
    }

    @Override
    public ItemOrigin itemOrigin(int itemIndex) {
        return ItemOrigin.COLUMN;
    }

    @Override
    public String note() {
        return "the newest of " + uploaders.size() + " uploaders followed";
    }

    @Override
    public boolean exact() {
        return true;
    }

    @Override
    public Hits best(int limit, ItemTest filter, SearchLimit searchLimit) {
        return scored().best(limit, filter, searchLimit);
    }

    @Override
    public float score(int itemIndex) {
        return scored().score(itemIndex);
    }

    @Override
    public Search over(LiveDelta live) {
        Map<Integer, Float> both = new HashMap<>(found);
        CategoryColumn uploader = live.items().category("uploader");
        TimeColumn published = live.items().time("published_at");
        if (uploader != null && published != null) {
            both.keySet().removeIf(live.changes().moved()::get);
            BitSet codes = codes(uploader);
            live.andNew(live.changes().moved())
                    .filter(item -> uploader.code(item) >= 0 && codes.get(uploader.code(item)))
                    .filter(item -> isPublished(published, item))
                    .forEach(item -> both.put(item, UploaderItems.score(published.millis(item), nowMs)));
        }
        return new FollowedSearch(both, uploaders, nowMs);
    }

    private boolean isPublished(TimeColumn published, int item) {
        return published.present(item) && published.millis(item) <= nowMs;
    }

    private BitSet codes(CategoryColumn uploader) {
        BitSet codes = new BitSet();
        uploaders.stream().mapToInt(uploader::codeOf).filter(code -> code >= 0).forEach(codes::set);
        return codes;
    }

    private ScoredItems scored() {
        return new ScoredItems(found, origin(), ItemOrigin.COLUMN, note());
    }
}
