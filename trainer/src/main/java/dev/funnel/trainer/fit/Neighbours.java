package dev.funnel.trainer.fit;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.IntVector;
import dev.funnel.bundle.LongVector;
import dev.funnel.retrieval.Hits;
import dev.funnel.retrieval.NeighbourLists;

/**
 * For every item the items most related to it, best first, as arrays ready to be stored; see {@link NeighbourLists}.
 *
 * @param offsets where each item's list begins, and at the end how many entries there are
 * @param neighbours the related item of each entry
 * @param scores how related it is
 */
public record Neighbours(long[] offsets, int[] neighbours, float[] scores) {

    /** The lists as they are served. */
    public NeighbourLists lists() {
        return new NeighbourLists(
                LongVector.of(offsets), IntVector.of(neighbours), FloatMatrix.of(scores, scores.length, 1));
    }

    /** One list after the other. */
    static Neighbours concat(Hits[] lists) {
        long[] offsets = new long[lists.length + 1];
        for (int item = 0; item < lists.length; item++) {
            offsets[item + 1] = offsets[item] + lists[item].size();
        }
        int entries = Math.toIntExact(offsets[lists.length]);
        int[] neighbours = new int[entries];
        float[] scores = new float[entries];
        for (int item = 0; item < lists.length; item++) {
            int at = (int) offsets[item];
            System.arraycopy(lists[item].items(), 0, neighbours, at, lists[item].size());
            System.arraycopy(lists[item].scores(), 0, scores, at, lists[item].size());
        }
        return new Neighbours(offsets, neighbours, scores);
    }
}
