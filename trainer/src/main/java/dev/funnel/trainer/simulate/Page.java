package dev.funnel.trainer.simulate;

import dev.funnel.trainer.simulate.LoggingPolicy.Source;

/** One page of videos being made: parallel columns, sorted once full. */
final class Page {

    static final int LONGEST = 30;

    final int[] items = new int[LONGEST];
    final Source[] sources = new Source[LONGEST];
    final float[] scores = new float[LONGEST];
    private final double[] order = new double[LONGEST];
    int length;

    void clear() {
        length = 0;
    }

    void add(int item, Source source, float score, double rank) {
        items[length] = item;
        sources[length] = source;
        scores[length] = score;
        order[length++] = rank;
    }

    /** Highest rank first; insertion sort, as pages are short. */
    void sort() {
        for (int i = 1; i < length; i++) {
            for (int j = i; j > 0 && order[j] > order[j - 1]; j--) {
                swap(j, j - 1);
            }
        }
    }

    private void swap(int a, int b) {
        int item = items[a];
        items[a] = items[b];
        items[b] = item;
        Source source = sources[a];
        sources[a] = sources[b];
        sources[b] = source;
        float score = scores[a];
        scores[a] = scores[b];
        scores[b] = score;
        double rank = order[a];
        order[a] = order[b];
        order[b] = rank;
    }
}
