package dev.funnel.reranker.rule;

import dev.funnel.reranker.snapshot.KeyColumn;
import java.util.Arrays;

/**
 * How alike items of a shortlist are, in [0, 1]: the weighted mean of the cosine of their embeddings, where negative counts as
 * 0, the Jaccard index of their categories, and 1 if they have the same uploader, 0 if not. A part that either item lacks is
 * left out; with no part left, 0.
 *
 * <p>Items are gathered one by one into <em>slots</em> 0, 1, ... when they are first looked at, so that the cost follows what is
 * looked at, not the pool. One item is compared with all gathered ones at once, in loops over plain arrays.
 */
final class ItemSimilarity {
    private static final int NO_SLOT = -1;

    private static final int NO_UPLOADER = -1;

    private final Shortlist shortlist;
    private final SimilarityWeights weights;
    private final GatheredVectors vectors;
    private final GatheredCategories categories;
    private final KeyColumn uploaderColumn;
    private final int[] slots;
    private int[] uploaders;
    private float[] cosines;
    private float[] similarities;
    private int gathered;

    /**
     * @param expected how many items are likely to be gathered
     */
    ItemSimilarity(Shortlist shortlist, SimilarityWeights weights, int expected) {
        this.shortlist = shortlist;
        this.weights = weights;
        int capacity = Math.clamp(expected, 1, Math.max(1, shortlist.size()));
        this.vectors = new GatheredVectors(shortlist.input().snapshot().embeddings(), capacity);
        this.categories = new GatheredCategories(shortlist.input().facts().categories(), capacity);
        this.uploaderColumn = shortlist.input().facts().uploaders();
        this.slots = new int[shortlist.size()];
        this.uploaders = new int[capacity];
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
            gatherUploader(shortlist.item(rank));
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
        boolean categorised = weights.category() > 0 && categories.has(slot);
        if (categorised) {
            categories.jaccards(slot, gathered, similarities);
        }
        boolean placed = weights.embedding() > 0 && vectors.has(slot);
        if (placed) {
            vectors.dots(slot, gathered, cosines);
        }
        blend(slot, placed, categorised);
        return similarities;
    }

    /** Makes the weighted means of similarities that are Jaccard indexes so far. */
    private void blend(int slot, boolean placed, boolean categorised) {
        float embedding = (float) weights.embedding();
        float category = (float) weights.category();
        float uploader = uploaders[slot] == NO_UPLOADER ? 0 : (float) weights.uploader();
        for (int other = 0; other < gathered; other++) {
            float sum = 0;
            float whole = 0;
            if (placed && vectors.has(other)) {
                sum += embedding * Math.max(0, cosines[other]);
                whole += embedding;
            }
            if (categorised && categories.has(other)) {
                sum += category * similarities[other];
                whole += category;
            }
            if (uploader > 0 && uploaders[other] != NO_UPLOADER) {
                sum += uploaders[other] == uploaders[slot] ? uploader : 0;
                whole += uploader;
            }
            similarities[other] = whole > 0 ? sum / whole : 0;
        }
    }

    private void gatherUploader(int item) {
        if (gathered == uploaders.length) {
            uploaders = Arrays.copyOf(uploaders, 2 * gathered);
        }
        uploaders[gathered] = uploaderColumn.count(item) == 0 ? NO_UPLOADER : uploaderColumn.code(item, 0);
    }
}
