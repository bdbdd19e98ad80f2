package dev.funnel.retrieval;

/** The vectors of items by index, wherever they are kept: the rows of a matrix, or of several. */
@FunctionalInterface
public interface ItemVectors {

    /** Copies the vector of an item to {@code into}, from position {@code at} on. */
    void copyRow(int item, float[] into, int at);
}
