package dev.funnel.candidate.generate;

import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.ItemTest;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.SearchLimit;
import dev.funnel.runtime.wire.ItemOrigin;
import dev.funnel.runtime.wire.QueryOrigin;

/**
 * A generator that knows what it searches for. {@link #best} and {@link #score} give an item the same score, bit for bit. For
 * one request; safe for one thread at a time.
 */
public interface Search {
    /** How the question became what is searched for. */
    QueryOrigin origin();

    /** How an item came to the place where it was found. */
    default ItemOrigin itemOrigin(int itemIndex) {
        return ItemOrigin.TRAINED;
    }

    /** What it searches for, for people, e.g. {@code folded in from 12 interactions}. */
    String note();

    /** Whether a search that completes finds exactly the best. */
    boolean exact();

    /**
     * The best items among those the filter accepts.
     *
     * @param limit how many at most, 1 to 10,000
     */
    Hits best(int limit, ItemTest filter, SearchLimit searchLimit);

    /** As {@link #best}, but exactly, however long it takes: what {@link #best} is measured against. */
    default Hits exactBest(int limit, ItemTest filter, SearchLimit searchLimit) {
        return best(limit, filter, searchLimit);
    }

    /** As {@link #best}, for a caller that merges what several shards found. */
    default Part part(int limit, ItemTest filter, SearchLimit searchLimit) {
        return new Part(best(limit, filter, searchLimit), Hits.NONE);
    }

    /** The probability of a watch that an item's score stands for, by what the manifest says of the generator. */
    default float probability(GeneratorEntry entry, int itemIndex, float score) {
        return entry.probability(score, origin().isSeed());
    }

    /** The score of any item; finite. */
    float score(int itemIndex);

    /** Writes the scores of the first {@code count} items named to {@code into[0..]}, each as {@link #score} gives it. */
    default void scores(int[] named, int count, float[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = score(named[i]);
        }
    }

    /** This search where there are live items too: they score 0 and are not found, unless it has a place for them. */
    default Search over(LiveDelta live) {
        return new StoredItemsSearch(this, live.storedSize());
    }

    /**
     * What was found in some of the shards.
     *
     * @param hits the best, by {@link #score}
     * @param second of a search that shares its limit with a second one: what the second found, by its own scores; all of it is among
     *     {@code hits}, which then may be twice the limit. Nothing if there is no second
     */
    record Part(Hits hits, Hits second) {}
}
