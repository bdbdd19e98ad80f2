package dev.funnel.retrieval;

import dev.funnel.bundle.ItemTest;

/**
 * A structure over the vectors of all items that answers: which items are most similar to this query vector?
 *
 * <p>Implementations are safe for searches from several threads and search on the thread of the caller. The order of hits is
 * by score, then item index: for an exact index it depends on nothing else. The memory behind an index belongs to whoever
 * opened it; a caller closes the index before that memory.
 */
public interface VectorIndex extends AutoCloseable {

    /**
     * The {@code k} items most similar to the query among those the filter accepts.
     *
     * @param query one finite value per dimension
     * @param k how many items to find, 1 to 10,000; fewer are returned if fewer are accepted
     * @param filter asked about an item only if the item scores well enough to be returned; an {@link ItemFilter} also lets the
     *     index skip, and choose how to search by, what its bitmap leaves
     * @throws IllegalArgumentException if the query has the wrong length or a value that is not finite, or k is out of bounds
     */
    Hits search(float[] query, int k, ItemTest filter, SearchLimit limit);

    /** The same exactly, at full effort, whatever the index: what a search is measured against. It may have to score every item. */
    Hits exhaustive(float[] query, int k, ItemTest filter, SearchLimit limit);

    /** The score of one item for a query, bit for bit the score with which a search would return it. */
    float score(float[] query, int itemIndex);

    /** Writes the scores of the first {@code count} items named to {@code into[0..]}, each as {@link #score} gives it. */
    void scores(float[] query, int[] named, int count, float[] into);

    /** Whether a search that completes returns exactly the best items. */
    boolean exact();

    /** How many items it holds. */
    int size();

    /** Kind, size and settings, for people. */
    String describe();

    @Override
    void close();
}
