package dev.funnel.retrieval;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.IntVector;
import dev.funnel.bundle.LongVector;

/**
 * For every item a short list of the items most related to it, best first: item-item co-visitation as it is stored and served.
 *
 * <p>The neighbours of item i are the entries {@code offsets[i]} to {@code offsets[i + 1] - 1}. Read in place; safe for several
 * threads.
 */
public final class NeighbourLists {

    private final LongVector offsets;
    private final IntVector neighbours;
    private final FloatMatrix scores;

    /**
     * @param offsets one more than there are items; from 0, never descending, to the number of entries
     * @param neighbours the related item of each entry, an item index
     * @param scores how related it is, entries x 1
     * @throws IllegalArgumentException if the sizes do not belong together
     */
    public NeighbourLists(LongVector offsets, IntVector neighbours, FloatMatrix scores) {
        long entries = neighbours.size();
        if (offsets.size() < 1 || offsets.get(offsets.size() - 1) != entries || scores.rows() != entries) {
            throw new IllegalArgumentException("offsets of " + offsets.size() + " values, " + entries
                    + " neighbours and " + scores.rows() + " scores do not belong together");
        }
        this.offsets = offsets;
        this.neighbours = neighbours;
        this.scores = scores;
    }

    /** Told of one related item. */
    @FunctionalInterface
    public interface Visitor {
        void neighbour(int itemIndex, float score);
    }

    /** How many items have a list, of any length. */
    public int size() {
        return Math.toIntExact(offsets.size() - 1);
    }

    /** Tells the visitor of each item related to the given one, best first. */
    public void forItem(int itemIndex, Visitor visitor) {
        long end = offsets.get(itemIndex + 1L);
        for (long entry = offsets.get(itemIndex); entry < end; entry++) {
            visitor.neighbour(neighbours.get(entry), scores.get((int) entry, 0));
        }
    }

    /** The sums over a history whose order does not matter, see {@link #sums(int[], float[], double)}. */
    public NeighbourSums sums(int[] items, float[] weights) {
        return sums(items, weights, 1);
    }

    /**
     * For every item related to one of a history, the sum over the history of weight times how related they are, the older ones
     * less: the n-th counts decay^n.
     *
     * @param items item indexes of the history, newest first; the work is their number times the lists' length
     * @param weights the weight of each, in the same order
     * @param decay above 0, at most 1
     */
    public NeighbourSums sums(int[] items, float[] weights, double decay) {
        if (items.length != weights.length) {
            throw new IllegalArgumentException(items.length + " items but " + weights.length + " weights");
        }
        NeighbourSums sums = new NeighbourSums(neighboursOf(items));
        double counts = 1;
        for (int i = 0; i < items.length; i++) {
            float weight = (float) (counts * weights[i]);
            forItem(items[i], (item, score) -> sums.add(item, weight * score));
            counts *= decay;
        }
        return sums;
    }

    private long neighboursOf(int[] items) {
        long count = 0;
        for (int item : items) {
            count += offsets.get(item + 1L) - offsets.get(item);
        }
        return count;
    }
}
