package dev.funnel.trainer.learn.graph;

import dev.funnel.trainer.learn.Adam;
import dev.funnel.trainer.learn.Matrices;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A matrix that is learnt, by Adam; its transpose is kept beside it. Rows may be moved side by side by several threads. */
final class Parameter {

    private final int rows;
    private final int columns;
    private final float[] values;
    private final float[] transposed;
    private final float[] gradient;
    private final Adam adam;

    private Parameter(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.values = new float[Math.multiplyExact(rows, columns)];
        this.transposed = new float[values.length];
        this.gradient = new float[values.length];
        this.adam = new Adam(values.length);
    }

    static Parameter constant(int rows, int columns, float value) {
        Parameter parameter = new Parameter(rows, columns);
        Arrays.fill(parameter.values, value);
        parameter.transpose(0, rows);
        return parameter;
    }

    static Parameter random(int rows, int columns, double deviation, SplittableRandom random) {
        Parameter parameter = new Parameter(rows, columns);
        for (int i = 0; i < parameter.values.length; i++) {
            parameter.values[i] = (float) (deviation * random.nextGaussian());
        }
        parameter.transpose(0, rows);
        return parameter;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** [rows, columns]: its own, not a copy. */
    float[] values() {
        return values;
    }

    /** [columns, rows]: its own, not a copy. */
    float[] transposed() {
        return transposed;
    }

    /** [rows, columns], to be added to. */
    float[] gradient() {
        return gradient;
    }

    void clear(int from, int to) {
        Arrays.fill(gradient, from * columns, to * columns, 0);
    }

    /** Begins a step of which every row is moved once. */
    void begin() {
        adam.begin();
    }

    void move(int from, int to, float rate, float decay) {
        adam.move(values, gradient, from * columns, to * columns, rate, decay);
        transpose(from, to);
    }

    void restore(float[] saved) {
        System.arraycopy(saved, 0, values, 0, values.length);
        transpose(0, rows);
    }

    private void transpose(int from, int to) {
        Matrices.transpose(rows, columns, values, from, to, transposed);
    }
}
