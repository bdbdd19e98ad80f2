package dev.funnel.inference.engine.nd4j;

import dev.funnel.inference.engine.EngineRefusedException;
import dev.funnel.inference.onnx.OnnxNode;
import dev.funnel.inference.onnx.OnnxTensor;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compiles products with stored matrices, a bias added. */
record ProductCompiler(Scope scope) {
    Step.Plan plan(OnnxNode node) throws EngineRefusedException {
        boolean gemm = node.operator().equals("Gemm");
        Shaped in = scope.input(node, 0);
        OnnxTensor matrix = scope.constant(node, 1);
        int[] shape = matrix.shape();
        Scope.require(node, shape.length == 2 && matrix.isFloat(), "must multiply with a stored matrix of float32");
        Scope.require(node, node.integer("transA", 0) == 0, "must not have transA");
        boolean transposed = gemm && node.integer("transB", 0) != 0;
        int inputs = shape[transposed ? 1 : 0];
        int outputs = shape[transposed ? 0 : 1];
        int last = in.dimensions().length - 1;
        Scope.require(
                node,
                last >= 0 && in.dimensions()[last] == inputs,
                "multiplies " + Scope.show(in) + " with a matrix " + Arrays.toString(shape));
        Scope.require(node, !gemm || last == 0, "must multiply a matrix");
        float[] scaled = scaled(matrix.floats(), gemm ? node.number("alpha", 1) : 1);
        int[] lengths = in.dimensions().clone();
        lengths[last] = outputs;
        Slot bias = gemm && node.input(2).isPresent() ? bias(node, outputs) : null;
        boolean perRow = in.slot().perRow() || bias != null && bias.perRow();
        Scope.require(node, perRow == in.slot().perRow(), "adds a row per candidate to one row");
        Shaped out = scope.define(node.output(), perRow, lengths);
        return Products.plan(weights(scaled, inputs, outputs, transposed), in.slot(), bias, out.slot());
    }

    private Slot bias(OnnxNode node, int outputs) throws EngineRefusedException {
        float beta = node.number("beta", 1);
        OnnxTensor stored = scope.stored(node, 2);
        if (stored != null) {
            float[] values = scaled(stored.floats(), beta);
            boolean row = values.length == outputs
                    && stored.shape().length > 0
                    && stored.shape()[stored.shape().length - 1] == outputs;
            Scope.require(
                    node,
                    row || values.length == 1,
                    "adds " + Arrays.toString(stored.shape()) + " to " + outputs + " columns");
            float[] wide = values;
            if (!row) {
                wide = new float[outputs];
                Arrays.fill(wide, values[0]);
            }
            return scope.newConstant(wide);
        }
        Shaped value = scope.input(node, 2);
        Scope.require(
                node,
                beta == 1 && value.rank() == 2 && value.slot().width() == outputs,
                "adds " + Scope.show(value) + " times " + beta);
        return value.slot();
    }

    private INDArray weights(float[] values, int inputs, int outputs, boolean transposed) {
        INDArray array = scope.newWeights(outputs, inputs);
        float[] rows = values;
        if (transposed) {
            rows = new float[values.length];
            for (int out = 0; out < outputs; out++) {
                for (int in = 0; in < inputs; in++) {
                    rows[in * outputs + out] = values[out * inputs + in];
                }
            }
        }
        array.data().asNioFloat().put(0, rows);
        return array;
    }

    private static float[] scaled(float[] values, float factor) {
        float[] scaled = values.clone();
        for (int i = 0; i < scaled.length && factor != 1; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }
}
