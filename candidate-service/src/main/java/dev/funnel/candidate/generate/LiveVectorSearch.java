package dev.funnel.candidate.generate;

import dev.funnel.bundle.ItemTest;
import dev.funnel.candidate.index.LiveVectors;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.Similarity;
import dev.funnel.retrieval.TopK;
import dev.funnel.runtime.wire.ItemOrigin;
import dev.funnel.runtime.wire.QueryOrigin;
import java.util.Arrays;

/**
 * A search of the bundle's items and, exactly, of the vectors of live items beside them, merged by score, then item index.
 *
 * @param stored for the items nearest to {@code query} among those of the bundle
 * @param query what both are compared with
 */
record LiveVectorSearch(Search stored, float[] query, LiveDelta live) implements Search {
    @Override
    public QueryOrigin origin() {
        return stored.origin();
    }

    @Override
    public ItemOrigin itemOrigin(int itemIndex) {
        return live.vectors().holds(itemIndex) ? live.vectors().origin(itemIndex) : stored.itemOrigin(itemIndex);
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
        return withLive(stored.best(limit, ofStored(filter), searchLimit), limit, filter, searchLimit);
    }

    @Override
    public Hits exactBest(int limit, ItemTest filter, SearchLimit searchLimit) {
        return withLive(stored.exactBest(limit, ofStored(filter), searchLimit), limit, filter, searchLimit);
    }

    private Hits withLive(Hits hits, int limit, ItemTest filter, SearchLimit searchLimit) {
        TopK best = new TopK(limit);
        for (int i = 0; i < hits.size(); i++) {
            best.offer(hits.items()[i], hits.scores()[i]);
        }
        LiveVectors.Searched searched = live.vectors().offer(query, similarity(), filter, searchLimit, best);
        return best.drain(hits.filtered() + searched.filtered(), hits.complete() && searched.complete());
    }

    private ItemTest ofStored(ItemTest filter) {
        return live.vectors().replaced().isEmpty()
                ? filter
                : filter.and(item -> !live.vectors().replaced().get(item));
    }

    @Override
    public float score(int itemIndex) {
        if (live.vectors().holds(itemIndex)) {
            return live.vectors().score(query, similarity(), itemIndex);
        }
        return itemIndex < live.storedSize() ? stored.score(itemIndex) : scoreOfNothing();
    }

    @Override
    public void scores(int[] named, int count, float[] into) {
        int[] unchanged = new int[count];
        int[] at = new int[count];
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (named[i] < live.storedSize() && !live.vectors().holds(named[i])) {
                unchanged[kept] = named[i];
                at[kept++] = i;
            }
        }
        if (kept == count) {
            stored.scores(named, count, into);
            return;
        }
        float[] scores = new float[kept];
        stored.scores(unchanged, kept, scores);
        Arrays.fill(into, 0, count, scoreOfNothing());
        for (int i = 0; i < kept; i++) {
            into[at[i]] = scores[i];
        }
        live.vectors().scores(query, similarity(), named, count, into);
    }

    /** The score of an item whose place nothing says: that of the zero vector. */
    private float scoreOfNothing() {
        if (similarity().kind() != Similarity.Kind.EUCLIDEAN) {
            return 0;
        }
        float squares = 0;
        for (float value : query) {
            squares += value * value;
        }
        return -squares;
    }

    private Similarity similarity() {
        return live.generator().similarity(stored.origin());
    }
}
