package dev.funnel.candidate.generate;

import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.IntVector;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.TensorFile;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.retrieval.TopK;
import dev.funnel.runtime.wire.ItemOrigin;
import dev.funnel.runtime.wire.QueryOrigin;
import java.util.HashMap;
import java.util.Map;

/**
 * What is related to the most popular seed items, as it was searched for when the bundle was made: a static query needs no search.
 * Lists are of one length, best first, and longer than what is usually asked for, so that rules may keep a few items out. Live items
 * are merged in as into what an index finds: those whose vector was replaced are passed over in the list and found among the live.
 */
record StoredRelated(Map<Integer, Integer> placeOfSeed, IntVector items, int length) {

    static final StoredRelated NONE = new StoredRelated(Map.of(), IntVector.of(new int[0]), 0);

    private static final String SEEDS = "related_seeds";
    private static final String ITEMS = "related_items";

    static StoredRelated read(TensorFile file, int itemCount) throws BundleRefusedException {
        if (!file.has(SEEDS)) {
            return NONE;
        }
        IntVector seeds = file.indexes(SEEDS, 0, itemCount);
        IntVector items = file.indexes(ITEMS, 0, itemCount);
        if (seeds.size() == 0 || items.size() % seeds.size() != 0) {
            throw file.refused(ITEMS, "has " + items.size() + " items for " + seeds.size() + " seeds");
        }
        Map<Integer, Integer> places = new HashMap<>();
        for (int place = 0; place < seeds.size(); place++) {
            places.put(seeds.get(place), place);
        }
        return new StoredRelated(places, items, (int) (items.size() / seeds.size()));
    }

    /** For people; empty if there are none. */
    String describe() {
        return placeOfSeed.isEmpty() ? "" : "; answers of " + placeOfSeed.size() + " popular seed items stored";
    }

    /** A search for what is related to a seed: from its stored list, unless the filter leaves too little of it. */
    Search search(int seed, VectorSearch otherwise) {
        Integer place = placeOfSeed.get(seed);
        return place == null ? otherwise : new Stored(this, place, otherwise);
    }

    /** One seed's list; it remembers whether it had to search after all. */
    private static final class Stored implements Search {
        private final StoredRelated stored;
        private final int place;
        private final VectorSearch otherwise;
        private boolean searched;

        Stored(StoredRelated stored, int place, VectorSearch otherwise) {
            this.stored = stored;
            this.place = place;
            this.otherwise = otherwise;
        }

        @Override
        public Hits best(int limit, ItemTest filter, SearchLimit searchLimit) {
            TopK best = new TopK(Math.min(limit, stored.length));
            int kept = 0;
            int filtered = 0;
            for (long at = (long) place * stored.length; kept < limit && at < (place + 1L) * stored.length; at++) {
                int item = stored.items.get(at);
                if (filter.test(item)) {
                    best.offer(item, otherwise.score(item));
                    kept++;
                } else {
                    filtered++;
                }
            }
            searched = kept < limit;
            return searched ? otherwise.best(limit, filter, searchLimit) : best.drain(filtered, true);
        }

        @Override
        public Hits exactBest(int limit, ItemTest filter, SearchLimit searchLimit) {
            return otherwise.exactBest(limit, filter, searchLimit);
        }

        @Override
        public QueryOrigin origin() {
            return searched ? otherwise.origin() : QueryOrigin.STORED_ANSWER;
        }

        @Override
        public ItemOrigin itemOrigin(int itemIndex) {
            return otherwise.itemOrigin(itemIndex);
        }

        @Override
        public String note() {
            return otherwise.note()
                    + (searched ? ", searched since too little is left of what was stored" : ", as stored");
        }

        @Override
        public boolean exact() {
            return otherwise.exact();
        }

        @Override
        public Search over(LiveDelta live) {
            return new LiveVectorSearch(this, otherwise.query(), live);
        }

        @Override
        public float score(int itemIndex) {
            return otherwise.score(itemIndex);
        }

        @Override
        public void scores(int[] named, int count, float[] into) {
            otherwise.scores(named, count, into);
        }
    }
}
