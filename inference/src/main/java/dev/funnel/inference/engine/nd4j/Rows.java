package dev.funnel.inference.engine.nd4j;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** What moves numbers within a row, or adds them up. */
final class Rows {
    private Rows() {}

    /** {@code length} numbers of a row of {@code in}, from {@code from} on, go to {@code to} in the result's row. */
    record Run(Slot in, int from, int to, int length) {}

    /** Copies runs; together they fill the row. */
    static Step.Plan move(List<Run> runs, Slot out) {
        return tile -> () -> {
            FloatBuffer into = tile.buffer(out);
            for (Run run : runs) {
                FloatBuffer from = tile.buffer(run.in());
                for (int row = 0; row < tile.rows(out); row++) {
                    into.put(row * out.width() + run.to(), from, row * run.in().stride() + run.from(), run.length());
                }
            }
        };
    }

    /**
     * Adds numbers of a row up and multiplies the sums.
     *
     * @param sumOf which sum each number of the row belongs to
     */
    static Step.Plan fold(Slot in, int[] sumOf, float factor, Slot out) {
        return tile -> () -> {
            FloatBuffer from = tile.buffer(in);
            FloatBuffer into = tile.buffer(out);
            float[] sums = new float[out.width()];
            for (int row = 0; row < tile.rows(out); row++) {
                Arrays.fill(sums, 0);
                for (int i = 0; i < sumOf.length; i++) {
                    sums[sumOf[i]] += from.get(row * in.width() + i);
                }
                for (int i = 0; i < sums.length; i++) {
                    into.put(row * sums.length + i, sums[i] * factor);
                }
            }
        };
    }
}
