package dev.funnel.reranker.rule;

import dev.funnel.reranker.snapshot.KeyColumn;
import java.util.Arrays;

/**
 * Rows of a similarity matrix over the first items of a shortlist: the weighted mean of the cosine of the embeddings, the
 * Jaccard index of the categories and whether the uploader is the same. An item is like itself (1), and what lacks an embedding,
 * a category or an uploader is in that part like nothing else (0): so the matrix is positive semidefinite, as determinants need.
 */
final class KernelRows {
    private static final int NONE = -1;

    private final int size;
    private final float embeddingWeight;
    private final float categoryWeight;
    private final float uploaderWeight;
    private final GatheredVectors vectors;
    private final GatheredCategories categories;
    private final int[] uploaders;
    private final float[] jaccards;

    /**
     * @param size how many of the best items take part
     * @param weights together above 0
     */
    KernelRows(Shortlist shortlist, int size, SimilarityWeights weights) {
        this.size = size;
        double whole = weights.embedding() + weights.category() + weights.uploader();
        this.embeddingWeight = (float) (weights.embedding() / whole);
        this.categoryWeight = (float) (weights.category() / whole);
        this.uploaderWeight = (float) (weights.uploader() / whole);
        this.vectors = new GatheredVectors(shortlist.input().snapshot().embeddings(), Math.max(1, size));
        this.categories = new GatheredCategories(shortlist.input().facts().categories(), Math.max(1, size));
        this.uploaders = new int[size];
        this.jaccards = new float[size];
        for (int rank = 0; rank < size; rank++) {
            gather(shortlist, rank);
        }
    }

    /** Writes how like the item of a rank is to each of the items. */
    void row(int rank, float[] into) {
        if (embeddingWeight > 0) {
            vectors.dots(rank, size, into);
            scale(into, embeddingWeight);
        } else {
            Arrays.fill(into, 0, size, 0);
        }
        if (categoryWeight > 0) {
            categories.jaccards(rank, size, jaccards);
            addScaled(into, jaccards, categoryWeight);
        }
        if (uploaderWeight > 0 && uploaders[rank] != NONE) {
            addWhereSame(into, uploaders[rank]);
        }
        into[rank] = 1;
    }

    private void gather(Shortlist shortlist, int rank) {
        int item = shortlist.item(rank);
        if (embeddingWeight > 0) {
            vectors.gather(item, rank);
        }
        if (categoryWeight > 0) {
            categories.gather(item, rank);
        }
        KeyColumn column = shortlist.input().facts().uploaders();
        uploaders[rank] = column.count(item) == 0 ? NONE : column.code(item, 0);
    }

    private void scale(float[] values, float by) {
        for (int i = 0; i < size; i++) {
            values[i] *= by;
        }
    }

    private void addScaled(float[] sums, float[] values, float by) {
        for (int i = 0; i < size; i++) {
            sums[i] += by * values[i];
        }
    }

    private void addWhereSame(float[] sums, int uploader) {
        for (int i = 0; i < size; i++) {
            sums[i] += uploaders[i] == uploader ? uploaderWeight : 0;
        }
    }
}
