package dev.funnel.reranker.rule;

import dev.funnel.reranker.snapshot.Embeddings;
import java.util.Arrays;

/**
 * Unit vectors of items in slots, dimension by dimension: the inner products of one with all others are then sums of whole
 * columns, which the compiler vectorises, and come out the same, bit for bit, however wide the machine's vectors are.
 */
final class GatheredVectors {
    private final Embeddings embeddings;
    private final float[][] columns;
    private final float[] unit;
    private boolean[] present;

    GatheredVectors(Embeddings embeddings, int capacity) {
        this.embeddings = embeddings;
        this.columns = new float[embeddings.dimensions()][capacity];
        this.unit = new float[embeddings.dimensions()];
        this.present = new boolean[capacity];
    }

    /** Puts an item's unit vector into a slot, the next one free; zeros if it has none. */
    void gather(int item, int slot) {
        if (slot == present.length) {
            grow();
        }
        present[slot] = embeddings.has(item);
        embeddings.copyUnit(item, unit, 0);
        for (int dimension = 0; dimension < unit.length; dimension++) {
            columns[dimension][slot] = unit[dimension];
        }
    }

    /** True if the item in a slot has an embedding. */
    boolean has(int slot) {
        return present[slot];
    }

    /** Writes the inner products of the vector in a slot with those in slots 0 to {@code count - 1}. */
    void dots(int slot, int count, float[] into) {
        Arrays.fill(into, 0, count, 0);
        for (float[] column : columns) {
            addScaled(column, column[slot], count, into);
        }
    }

    private static void addScaled(float[] column, float scale, int count, float[] into) {
        for (int i = 0; i < count; i++) {
            into[i] += scale * column[i];
        }
    }

    private void grow() {
        int capacity = 2 * present.length;
        present = Arrays.copyOf(present, capacity);
        for (int dimension = 0; dimension < columns.length; dimension++) {
            columns[dimension] = Arrays.copyOf(columns[dimension], capacity);
        }
    }
}
