package dev.funnel.retrieval;

/**
 * The best k of the items offered so far: a binary heap over two primitive arrays whose root is the worst item kept.
 *
 * <p>Of two items with equal scores the one with the lower index is better, so what is kept does not depend on the order of
 * the offers. A NaN score is never kept. Not for several threads.
 */
public final class TopK {

    private final int[] items;
    private final float[] scores;
    private int size;

    /** Keeps at most {@code k} items; {@code k} is at least 0. */
    public TopK(int k) {
        if (k < 0) {
            throw new IllegalArgumentException("k is " + k + ", must not be negative");
        }
        items = new int[k];
        scores = new float[k];
    }

    /** Whether {@link #offer} would keep the item. */
    public boolean wouldKeep(int item, float score) {
        return size < items.length ? !Float.isNaN(score) : size > 0 && better(item, score, items[0], scores[0]);
    }

    /** The score below which nothing is kept any more: that of the worst item kept, minus infinity while there is room. */
    public float threshold() {
        if (items.length == 0) {
            return Float.POSITIVE_INFINITY;
        }
        return size < items.length ? Float.NEGATIVE_INFINITY : scores[0];
    }

    /** Keeps the item if it is among the best k so far; says whether it did. */
    public boolean offer(int item, float score) {
        if (!wouldKeep(item, score)) {
            return false;
        }
        if (size < items.length) {
            siftUp(size++, item, score);
        } else {
            siftDown(size, item, score);
        }
        return true;
    }

    /** How many items are kept. */
    public int size() {
        return size;
    }

    /** Empties the heap into hits, best first. */
    public Hits drain(int filtered, boolean complete) {
        int[] bestItems = new int[size];
        float[] bestScores = new float[size];
        while (size > 0) {
            int last = --size;
            bestItems[last] = items[0];
            bestScores[last] = scores[0];
            siftDown(last, items[last], scores[last]);
        }
        return new Hits(bestItems, bestScores, filtered, complete);
    }

    private void siftUp(int at, int item, float score) {
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!better(items[parent], scores[parent], item, score)) {
                break;
            }
            move(parent, at);
            at = parent;
        }
        put(at, item, score);
    }

    /** Puts the item at the root of the heap's first {@code end} places and lets it sink. */
    private void siftDown(int end, int item, float score) {
        int at = 0;
        for (int child = 1; child < end; child = 2 * at + 1) {
            int worse = child + 1 < end && better(items[child], scores[child], items[child + 1], scores[child + 1])
                    ? child + 1
                    : child;
            if (!better(item, score, items[worse], scores[worse])) {
                break;
            }
            move(worse, at);
            at = worse;
        }
        if (at < end) {
            put(at, item, score);
        }
    }

    private void move(int from, int to) {
        put(to, items[from], scores[from]);
    }

    private void put(int at, int item, float score) {
        items[at] = item;
        scores[at] = score;
    }

    private static boolean better(int item, float score, int otherItem, float otherScore) {
        return score > otherScore || (score == otherScore && item < otherItem);
    }
}
