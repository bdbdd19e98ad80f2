package dev.funnel.trainer.learn.graph;

/** Loops over stretches of arrays, simple enough for the compiler to run them in vectors. */
final class Stretch {
    private Stretch() {}

    /** to += from. */
    static void add(float[] from, int fromAt, float[] to, int toAt, int size) {
        for (int i = 0; i < size; i++) {
            to[toAt + i] += from[fromAt + i];
        }
    }

    /** to += a * b. */
    static void addProduct(float[] a, int aAt, float[] b, int bAt, float[] to, int toAt, int size) {
        for (int i = 0; i < size; i++) {
            to[toAt + i] += a[aAt + i] * b[bAt + i];
        }
    }
}
