package dev.funnel.inference.engine.nd4j;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Matrix products, by ND4J's BLAS into preallocated arrays. */
final class Products {
    private Products() {}

    /**
     * {@code out = in W + bias}. Memory that is [rows, width] row after row is [width, rows] column after column, so this is BLAS's
     * {@code outT = WT inT}, without a transposition.
     *
     * @param weights [outputs, inputs], columns contiguous: W row after row
     * @param in its rows may hold several rows of W's width, one after the other
     * @param bias of a row of {@code out}; null for none
     */
    static Step.Plan plan(INDArray weights, Slot in, @Nullable Slot bias, Slot out) {
        return tile -> {
            INDArray from = rowsOf(tile.array(in), weights.columns());
            INDArray into = rowsOf(tile.array(out), weights.rows());
            double keep = bias == null ? 0 : 1;
            return () -> {
                if (bias != null) {
                    fill(tile.buffer(out), tile.rows(out), out.width(), tile.buffer(bias), bias.stride());
                }
                Nd4j.gemm(weights, from, into, false, false, 1, keep);
            };
        };
    }

    private static INDArray rowsOf(INDArray array, long width) {
        return array.rows() == width ? array : array.reshape('f', width, array.length() / width);
    }

    private static void fill(FloatBuffer into, int rows, int width, FloatBuffer bias, int stride) {
        for (int row = 0; row < rows; row++) {
            into.put(row * width, bias, row * stride, width);
        }
    }
}
