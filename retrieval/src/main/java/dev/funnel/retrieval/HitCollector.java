package dev.funnel.retrieval;

/**
 * The last step of every search here: scores the items that may be hits from the item matrix, asks the filter about those that
 * are good enough, and keeps the best k. Whatever proposes items, the hits and their scores are those of the plain formula.
 *
 * <p>Items are scored {@value #BATCH} at a time, so that their rows are fetched together. Not for several threads.
 */
public final class HitCollector {

    private static final int BATCH = 64;

    private final VectorScorer scorer;
    private final float[] query;
    private final ItemFilter filter;
    private final TopK top;
    private final int[] waiting = new int[BATCH];
    private final float[] scores = new float[BATCH];
    private int count;
    private int filtered;

    /** Collects the best {@code k} of the items proposed. */
    public HitCollector(VectorScorer scorer, float[] query, int k, ItemFilter filter) {
        this.scorer = scorer;
        this.query = query;
        this.filter = filter;
        this.top = new TopK(k);
    }

    /** Proposes an item, once. */
    public void propose(int item) {
        waiting[count++] = item;
        if (count == BATCH) {
            settle();
        }
    }

    /** Adds items to those that the filter rejected. */
    public void addFiltered(int more) {
        filtered += more;
    }

    /** The hits, best first; ends the collection. */
    public Hits hits(boolean complete) {
        settle();
        return top.drain(filtered, complete);
    }

    private void settle() {
        scorer.scores(query, waiting, count, scores);
        for (int i = 0; i < count; i++) {
            if (top.wouldKeep(waiting[i], scores[i])) {
                if (filter.test(waiting[i])) {
                    top.offer(waiting[i], scores[i]);
                } else {
                    filtered++;
                }
            }
        }
        count = 0;
    }
}
