package dev.funnel.retrieval;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.IntVector;
import dev.funnel.bundle.ItemTest;
import java.util.Arrays;

/** One list of items that is the same for everybody, best first: the most popular, the newest. Safe for several threads. */
public final class RankedList {

    private final int[] items;
    private final float[] scores;
    /** Places in the list, by item index: what {@link #score} searches in. */
    private final int[] itemsAscending;

    private final float[] scoresByItem;

    /**
     * @param items item indexes, each once
     * @param scores of each item, in the same order, never ascending; as many rows as items, one column
     * @throws IllegalArgumentException if sizes differ or scores ascend
     */
    public RankedList(IntVector items, FloatMatrix scores) {
        this(items.toArray(), scores.toArray());
    }

    /** The same over arrays, which it keeps. */
    public RankedList(int[] items, float[] scores) {
        if (items.length != scores.length) {
            throw new IllegalArgumentException(items.length + " items but " + scores.length + " scores");
        }
        for (int i = 1; i < items.length; i++) {
            if (!(scores[i] <= scores[i - 1])) {
                throw new IllegalArgumentException("score " + scores[i] + " at place " + i + " stands after "
                        + scores[i - 1] + ", scores must not ascend");
            }
        }
        this.items = items;
        this.scores = scores;
        this.itemsAscending = items.clone();
        Arrays.sort(itemsAscending);
        this.scoresByItem = scoresByItem();
    }

    /** How many items are on the list. */
    public int size() {
        return items.length;
    }

    /** The first {@code k} items of the list that the filter accepts. */
    public Hits best(int k, ItemTest filter) {
        int[] found = new int[Math.min(k, items.length)];
        float[] foundScores = new float[found.length];
        int count = 0;
        int place = 0;
        for (; place < items.length && count < found.length; place++) {
            if (filter.test(items[place])) {
                found[count] = items[place];
                foundScores[count++] = scores[place];
            }
        }
        return new Hits(Arrays.copyOf(found, count), Arrays.copyOf(foundScores, count), place - count, true);
    }

    /** The score of an item; 0 if it is not on the list. */
    public float score(int itemIndex) {
        int at = Arrays.binarySearch(itemsAscending, itemIndex);
        return at < 0 ? 0 : scoresByItem[at];
    }

    private float[] scoresByItem() {
        float[] byItem = new float[items.length];
        for (int place = 0; place < items.length; place++) {
            byItem[Arrays.binarySearch(itemsAscending, items[place])] = scores[place];
        }
        return byItem;
    }
}
