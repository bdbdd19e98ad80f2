package dev.funnel.candidate.generate;

import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.TopK;
import dev.funnel.runtime.wire.ItemOrigin;
import dev.funnel.runtime.wire.QueryOrigin;
import java.util.PrimitiveIterator;

/**
 * The bundle's list of the newest items, and live items and stored ones published anew among them by when they were published: 1 / (1 +
 * days behind the newest listed), as the list scores its own, and from 1 towards 2 for what is newer still.
 *
 * @param newestMillis when the newest listed was published
 */
record LiveNewestSearch(Search stored, LiveDelta live, TimeColumn published, long newestMillis) implements Search {
    private static final double DAY_MILLIS = 86_400_000;

    @Override
    public QueryOrigin origin() {
        return stored.origin();
    }

    @Override
    public ItemOrigin itemOrigin(int itemIndex) {
        return isListed(itemIndex) ? stored.itemOrigin(itemIndex) : ItemOrigin.COLUMN;
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
        int[] moved = new int[1];
        Hits hits = stored.best(limit, item -> listed(item, moved) && filter.test(item), searchLimit);
        TopK best = new TopK(limit);
        for (int i = 0; i < hits.size(); i++) {
            best.offer(hits.items()[i], hits.scores()[i]);
        }
        int filtered = hits.filtered() - moved[0];
        for (PrimitiveIterator.OfInt changed =
                        live.andNew(live.changes().republished()).iterator();
                changed.hasNext(); ) {
            int item = changed.nextInt();
            if (published.present(item) && best.wouldKeep(item, score(item))) {
                if (filter.test(item)) {
                    best.offer(item, score(item));
                } else {
                    filtered++;
                }
            }
        }
        return best.drain(filtered, hits.complete());
    }

    @Override
    public float score(int itemIndex) {
        if (isListed(itemIndex)) {
            return stored.score(itemIndex);
        }
        if (!published.present(itemIndex)) {
            return 0;
        }
        double days = (newestMillis - published.millis(itemIndex)) / DAY_MILLIS;
        return (float) (days >= 0 ? 1 / (1 + days) : 2 - 1 / (1 - days));
    }

    /** The same; counts those that stand elsewhere now, which no rule turned away. */
    private boolean listed(int item, int[] moved) {
        boolean listed = isListed(item);
        moved[0] += listed ? 0 : 1;
        return listed;
    }

    /** Whether the bundle's list says where the item stands. */
    private boolean isListed(int item) {
        return item < live.storedSize() && !live.changes().republished().get(item);
    }
}
