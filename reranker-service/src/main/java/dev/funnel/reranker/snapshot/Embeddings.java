package dev.funnel.reranker.snapshot;

import dev.funnel.bundle.FloatMatrix;
import java.util.Arrays;

/**
 * The items' embeddings as unit vectors, for cosine similarity. An item whose row is zero (it was never seen in training) has
 * none, nor has one that the bundle does not hold.
 */
public final class Embeddings {
    private final FloatMatrix factors;
    private final float[] inverseNorms;

    private Embeddings(FloatMatrix factors, float[] inverseNorms) {
        this.factors = factors;
        this.inverseNorms = inverseNorms;
    }

    /** Embeddings that are the rows of {@code factors}, one per item index. */
    public static Embeddings of(FloatMatrix factors) {
        float[] inverseNorms = new float[factors.rows()];
        float[] row = new float[factors.columns()];
        for (int item = 0; item < inverseNorms.length; item++) {
            factors.copyRow(item, row, 0);
            inverseNorms[item] = inverseNorm(row);
        }
        return new Embeddings(factors, inverseNorms);
    }

    /** No item has an embedding. */
    public static Embeddings none(int items) {
        return new Embeddings(FloatMatrix.of(new float[0], items, 0), new float[items]);
    }

    public int dimensions() {
        return factors.columns();
    }

    public boolean has(int itemIndex) {
        return itemIndex < inverseNorms.length && inverseNorms[itemIndex] != 0;
    }

    /** Writes an item's unit vector to {@code into} from {@code at} on; zeros if it has none. */
    public void copyUnit(int itemIndex, float[] into, int at) {
        if (!has(itemIndex)) {
            Arrays.fill(into, at, at + factors.columns(), 0);
            return;
        }
        factors.copyRow(itemIndex, into, at);
        float scale = inverseNorms[itemIndex];
        for (int i = at; i < at + factors.columns(); i++) {
            into[i] *= scale;
        }
    }

    /** 1 / |row|; 0 for a row without direction. */
    private static float inverseNorm(float[] row) {
        double squares = 0;
        for (float value : row) {
            squares += (double) value * value;
        }
        float inverse = (float) (1 / Math.sqrt(squares));
        return Float.isFinite(inverse) ? inverse : 0;
    }
}
