package dev.funnel.reranker.rule;

import java.util.Arrays;

/**
 * How alike items of a shortlist are, in [0, 1]: the weighted mean of the cosine of their embeddings, where negative counts as
 * 0, and the Jaccard index of their categories. A part that either item lacks is left out; with no part left, 0.
 *
 * <p>Items are gathered one by one into <em>slots</em> 0, 1, ... when they are first looked at, so that the cost follows what is
 * looked at, not the pool. One item is compared with all gathered ones at once, in loops over plain arrays.
 */
final class ItemSimilarity {
    private static final int NO_SLOT = -1;

    private final Shortlist shortlist;
    private final float embeddingWeight;
    private final float categoryWeight;
    private final GatheredVectors vectors;
    private final GatheredCategories categories;
    private final int[] slots;
    private float[] cosines;
    private float[] similarities;
    private int gathered;

    /**
     * @param expected how many items are likely to be gathered
     */
    ItemSimilarity(Shortlist shortlist, double embeddingWeight, double categoryWeight, int expected) {
        this.shortlist = shortlist;
        this.embeddingWeight = (float) embeddingWeight;
        this.categoryWeight = (float) categoryWeight;
        int capacity = Math.clamp(expected, 1, Math.max(1, shortlist.size()));
        this.vectors = new GatheredVectors(shortlist.input().snapshot().embeddings(), capacity);
        this.categories = new GatheredCategories(shortlist.input().facts().categories(), capacity);
        this.slots = new int[shortlist.size()];
        this.cosines = new float[capacity];
        this.similarities = new float[capacity];
        Arrays.fill(slots, NO_SLOT);
    }

    /** Number of items gathered. */
    int gathered() {
        return gathered;
    }

    /** True if the item of a rank is gathered. */
    boolean holds(int rank) {
        return slots[rank] != NO_SLOT;
    }

    /** The slot of the item of a rank, which is gathered if it was not yet. */
    int slot(int rank) {
        if (slots[rank] == NO_SLOT) {
            vectors.gather(shortlist.item(rank), gathered);
            categories.gather(shortlist.item(rank), gathered);
            slots[rank] = gathered++;
        }
        return slots[rank];
    }

    /** The similarity of the item in a slot to that in every slot, itself included. Good until it is asked again. */
    float[] toAll(int slot) {
        if (similarities.length < gathered) {
            cosines = new float[2 * gathered];
            similarities = new float[2 * gathered];
        }
        Arrays.fill(similarities, 0, gathered, 0);
        if (categoryWeight > 0) {
            categories.jaccards(slot, gathered, similarities);
        }
        if (embeddingWeight > 0 && vectors.has(slot)) {
            vectors.dots(slot, gathered, cosines);
            blend(slot);
        }
        return similarities;
    }

    /** Adds the cosines' part to similarities that are Jaccard indexes so far. */
    private void blend(int slot) {
        boolean categorised = categoryWeight > 0 && categories.has(slot);
        float whole = embeddingWeight + categoryWeight;
        for (int other = 0; other < gathered; other++) {
            if (vectors.has(other)) {
                float cosine = Math.max(0, cosines[other]);
                similarities[other] = categorised && categories.has(other)
                        ? (embeddingWeight * cosine + categoryWeight * similarities[other]) / whole
                        : cosine;
            }
        }
    }
}
