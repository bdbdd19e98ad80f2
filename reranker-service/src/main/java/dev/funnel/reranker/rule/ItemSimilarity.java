package dev.funnel.reranker.rule;

import dev.funnel.reranker.snapshot.Embeddings;
import java.util.Arrays;

/**
 * How alike two items of a shortlist are, in [0, 1]: the weighted mean of the cosine of their embeddings, where negative
 * counts as 0, and the Jaccard index of their categories. A part that either item lacks is left out; with no part left, 0.
 *
 * <p>Embeddings and categories of an item are gathered when it is first looked at, so that the cost follows what is looked at,
 * not the pool.
 */
final class ItemSimilarity {
    private static final int[] NOT_GATHERED = new int[0];
    private static final int[] NO_CATEGORIES = new int[0];

    private final Shortlist shortlist;
    private final Embeddings embeddings;
    private final int dimensions;
    private final float embeddingWeight;
    private final float categoryWeight;
    private final int[] rows;
    private final int[][] categories;
    private float[] vectors;
    private int gathered;

    ItemSimilarity(Shortlist shortlist, double embeddingWeight, double categoryWeight) {
        this.shortlist = shortlist;
        this.embeddings = shortlist.input().snapshot().embeddings();
        this.dimensions = embeddings.dimensions();
        this.embeddingWeight = (float) embeddingWeight;
        this.categoryWeight = (float) categoryWeight;
        this.rows = new int[shortlist.size()];
        this.categories = new int[shortlist.size()][];
        this.vectors = new float[Math.min(shortlist.size(), 64) * dimensions];
        Arrays.fill(categories, NOT_GATHERED);
    }

    /** Similarity of the items of two ranks. */
    float of(int a, int b) {
        gather(a);
        gather(b);
        float weights = 0;
        float sum = 0;
        if (embeddingWeight > 0 && rows[a] >= 0 && rows[b] >= 0) {
            weights += embeddingWeight;
            sum += embeddingWeight * Math.max(0, dot(vectors, rows[a], rows[b], dimensions));
        }
        if (categoryWeight > 0 && categories[a].length > 0 && categories[b].length > 0) {
            weights += categoryWeight;
            sum += categoryWeight * jaccard(categories[a], categories[b]);
        }
        return weights == 0 ? 0 : sum / weights;
    }

    private void gather(int rank) {
        if (categories[rank] == NOT_GATHERED) {
            int item = shortlist.item(rank);
            rows[rank] = embeddings.has(item) ? gatherVector(item) : -1;
            categories[rank] = gatherCategories(item);
        }
    }

    /** Appends an item's unit vector; returns where it starts. */
    private int gatherVector(int item) {
        int row = gathered * dimensions;
        if (row + dimensions > vectors.length) {
            vectors = Arrays.copyOf(vectors, Math.min(2 * vectors.length, rows.length * dimensions));
        }
        embeddings.copyUnit(item, vectors, row);
        gathered++;
        return row;
    }

    private int[] gatherCategories(int item) {
        var column = shortlist.input().facts().categories();
        int count = column.count(item);
        if (count == 0) {
            return NO_CATEGORIES;
        }
        int[] codes = new int[count];
        for (int i = 0; i < count; i++) {
            codes[i] = column.code(item, i);
        }
        return Arrays.stream(codes).sorted().distinct().toArray();
    }

    /** The inner product of two vectors of {@code n} values that start at {@code a} and {@code b}. */
    static float dot(float[] vectors, int a, int b, int n) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            sum0 += vectors[a + i] * vectors[b + i];
            sum1 += vectors[a + i + 1] * vectors[b + i + 1];
            sum2 += vectors[a + i + 2] * vectors[b + i + 2];
            sum3 += vectors[a + i + 3] * vectors[b + i + 3];
        }
        for (; i < n; i++) {
            sum0 += vectors[a + i] * vectors[b + i];
        }
        return sum0 + sum1 + (sum2 + sum3);
    }

    /** The Jaccard index of two sets, each ascending and not empty. */
    static float jaccard(int[] a, int[] b) {
        int common = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            int difference = Integer.compare(a[i], b[j]);
            common += difference == 0 ? 1 : 0;
            i += difference <= 0 ? 1 : 0;
            j += difference >= 0 ? 1 : 0;
        }
        return (float) common / (a.length + b.length - common);
    }
}
