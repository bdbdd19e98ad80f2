package dev.funnel.retrieval;

/**
 * The best k of the items offered so far.
 *
 * <p>Of two items with equal scores the one with the lower index is better, so what is kept does not depend on the order of
 * the offers. A NaN score is never kept. Not for several threads.
 */
public final class TopK {

    private static final int FIRST_ROOM = 1024;

    private final int k;
    private final ScoreHeap kept;

    /** Keeps at most {@code k} items; {@code k} is at least 0. */
    public TopK(int k) {
        if (k < 0) {
            throw new IllegalArgumentException("k is " + k + ", must not be negative");
        }
        this.k = k;
        this.kept = ScoreHeap.worstFirst(Math.min(k, FIRST_ROOM));
    }

    /** Whether {@link #offer} would keep the item. */
    public boolean wouldKeep(int item, float score) {
        return kept.size() < k
                ? !Float.isNaN(score)
                : k > 0 && !Float.isNaN(score) && ScoreHeap.pair(item, score) > kept.root();
    }

    /** The score below which nothing is kept any more: that of the worst item kept, minus infinity while there is room. */
    public float threshold() {
        if (k == 0) {
            return Float.POSITIVE_INFINITY;
        }
        return kept.size() < k ? Float.NEGATIVE_INFINITY : ScoreHeap.score(kept.root());
    }

    /** Keeps the item if it is among the best k so far; says whether it did. */
    public boolean offer(int item, float score) {
        if (!wouldKeep(item, score)) {
            return false;
        }
        long pair = ScoreHeap.pair(item, score);
        if (kept.size() < k) {
            kept.add(pair);
        } else {
            kept.replaceRoot(pair);
        }
        return true;
    }

    /** How many items are kept. */
    public int size() {
        return kept.size();
    }

    /** Empties it into hits, best first. */
    public Hits drain(int filtered, boolean complete) {
        int[] items = new int[kept.size()];
        float[] scores = new float[items.length];
        for (int place = items.length - 1; place >= 0; place--) {
            long pair = kept.removeRoot();
            items[place] = ScoreHeap.item(pair);
            scores[place] = ScoreHeap.score(pair);
        }
        return new Hits(items, scores, filtered, complete);
    }
}
