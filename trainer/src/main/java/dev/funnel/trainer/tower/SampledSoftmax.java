package dev.funnel.trainer.tower;

import dev.funnel.trainer.learn.Matrices;
import dev.funnel.trainer.learn.Softmax;
import java.util.Arrays;

/** The cost of examples against the candidates of their batch, and its gradients. For one thread at a time. */
final class SampledSoftmax {
    /** So low that its exponential vanishes, and finite. */
    private static final float RULED_OUT = -1e30f;

    private final int dimensions;
    private final float scale;
    private float[] logits = new float[0];
    private float[] itemGradient = new float[0];

    /** @param temperature inner products are divided by it */
    SampledSoftmax(int dimensions, double temperature) {
        this.dimensions = dimensions;
        this.scale = (float) (1 / temperature);
    }

    /**
     * Cross-entropy of the labels under softmax(q . v / temperature - log pi), summed over labels.
     *
     * @param queries [rows, dimensions]
     * @param from where in {@code candidates.labels()} those of the first row stand
     * @param known by row, places of candidates that are none for it
     * @param items [candidates, dimensions]
     * @param transposed the same, transposed
     * @param weight what a label's gradient counts
     * @param queryGradient [rows, dimensions], overwritten
     */
    double run(
            float[] queries,
            int rows,
            CandidateSet candidates,
            int from,
            int[][] known,
            float[] items,
            float[] transposed,
            float weight,
            float[] queryGradient) {
        int size = candidates.items().length;
        if (logits.length < rows * size) {
            logits = new float[rows * size];
        }
        if (itemGradient.length < size * dimensions) {
            itemGradient = new float[size * dimensions];
        }
        Arrays.fill(logits, 0, rows * size, 0);
        Matrices.addProduct(rows, dimensions, size, queries, 0, dimensions, 1, transposed, logits, 0);
        double cost = 0;
        for (int row = 0; row < rows; row++) {
            for (int place : known[row]) {
                logits[row * size + place] = RULED_OUT;
            }
            cost += toGradient(row * size, candidates, candidates.labels()[from + row], weight * scale);
        }
        Arrays.fill(queryGradient, 0, rows * dimensions, 0);
        Matrices.addProduct(rows, size, dimensions, logits, 0, size, 1, items, queryGradient, 0);
        Arrays.fill(itemGradient, 0, size * dimensions, 0);
        Matrices.addProduct(size, rows, dimensions, logits, 0, 1, size, queries, itemGradient, 0);
        return cost;
    }

    /** The gradient of the items of the last run, [candidates, dimensions]. */
    float[] itemGradient() {
        return itemGradient;
    }

    /** Turns a row of inner products into their gradient; returns its cost. */
    private double toGradient(int at, CandidateSet candidates, int[] labels, float weight) {
        double cost = Softmax.replace(logits, at, candidates.logChances(), scale, labels);
        Softmax.multiply(logits, at, candidates.items().length, weight * labels.length);
        for (int label : labels) {
            logits[at + label] -= weight;
        }
        return cost;
    }
}
