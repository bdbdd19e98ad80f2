package dev.funnel.trainer.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Dense layers, one after the other: x W + b, rectified between them, and on request after the last. Gradients by hand. Several
 * threads may run passes of their own at once; {@link #step} moves the weights while none does.
 */
public final class DenseStack {

    private final int inputs;
    private final List<Layer> layers = new ArrayList<>();
    private final boolean rectifiedOutput;

    /** Weights [inputs, outputs], then biases [outputs], in one array each. */
    private static final class Layer {
        final int inputs;
        final int outputs;
        final float[] weights;
        final float[] transposed;
        final float[] bias;
        final Adam weightSteps;
        final Adam biasSteps;

        Layer(int inputs, int outputs, SplittableRandom random) {
            this.inputs = inputs;
            this.outputs = outputs;
            this.weights = new float[inputs * outputs];
            this.transposed = new float[weights.length];
            this.bias = new float[outputs];
            this.weightSteps = new Adam(weights.length);
            this.biasSteps = new Adam(outputs);
            double deviation = Math.sqrt(2.0 / inputs); // He et al. 2015
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) (deviation * random.nextGaussian());
            }
            Matrices.transpose(inputs, outputs, weights, transposed);
        }
    }

    /**
     * Layers with random weights.
     *
     * @param widths outputs of each layer, first to last, at least one
     * @param rectifiedOutput whether the last layer is rectified too
     */
    public DenseStack(int inputs, List<Integer> widths, boolean rectifiedOutput, long seed) {
        this.inputs = inputs;
        this.rectifiedOutput = rectifiedOutput;
        SplittableRandom random = new SplittableRandom(seed);
        int before = inputs;
        for (int width : widths) {
            layers.add(new Layer(before, width, random));
            before = width;
        }
    }

    public int inputs() {
        return inputs;
    }

    public int outputs() {
        return layers.getLast().outputs;
    }

    public int size() {
        return layers.size();
    }

    public boolean rectified(int layer) {
        return rectifiedOutput || layer < layers.size() - 1;
    }

    public int inputs(int layer) {
        return layers.get(layer).inputs;
    }

    public int outputs(int layer) {
        return layers.get(layer).outputs;
    }

    /** The weights of a layer, [inputs, outputs]: its own, not a copy. */
    public float[] weights(int layer) {
        return layers.get(layer).weights;
    }

    /** The biases of a layer: its own, not a copy. */
    public float[] bias(int layer) {
        return layers.get(layer).bias;
    }

    /** After weights were set from outside. */
    public void refresh() {
        layers.forEach(layer -> Matrices.transpose(layer.inputs, layer.outputs, layer.weights, layer.transposed));
    }

    /** Sums of gradients of all weights and biases. */
    public final class Gradients {
        private final float[][] weights = new float[layers.size()][];
        private final float[][] biases = new float[layers.size()][];

        public Gradients() {
            for (int l = 0; l < weights.length; l++) {
                weights[l] = new float[layers.get(l).weights.length];
                biases[l] = new float[layers.get(l).outputs];
            }
        }

        public float[] weights(int layer) {
            return weights[layer];
        }

        public float[] bias(int layer) {
            return biases[layer];
        }

        public void clear() {
            for (int l = 0; l < weights.length; l++) {
                Arrays.fill(weights[l], 0);
                Arrays.fill(biases[l], 0);
            }
        }

        public void add(Gradients other) {
            for (int l = 0; l < weights.length; l++) {
                add(weights[l], other.weights[l]);
                add(biases[l], other.biases[l]);
            }
        }

        private static void add(float[] to, float[] from) {
            for (int i = 0; i < to.length; i++) {
                to[i] += from[i];
            }
        }
    }

    /** One run, forward and back, over at most so many rows. For one thread at a time. */
    public final class Pass {
        private final float[] input;
        private final float[][] outputs = new float[layers.size()][];
        private final float[][] gradients = new float[layers.size()][];
        private final float[] inputGradient;
        private final Gradients sums = new Gradients();
        private int rows;

        public Pass(int mostRows) {
            this.input = new float[mostRows * inputs];
            this.inputGradient = new float[mostRows * inputs];
            for (int l = 0; l < outputs.length; l++) {
                outputs[l] = new float[mostRows * layers.get(l).outputs];
                gradients[l] = new float[outputs[l].length];
            }
        }

        /** The rows to fill before {@link #forward}, [rows, inputs]. */
        public float[] input() {
            return input;
        }

        /** What came out of the last layer, [rows, outputs]. */
        public float[] output() {
            return outputs[outputs.length - 1];
        }

        /** The gradient of the output, to fill before {@link #backward}, [rows, outputs]. */
        public float[] outputGradient() {
            return gradients[gradients.length - 1];
        }

        /** The gradient of the input, after {@link #backward}, [rows, inputs]. */
        public float[] inputGradient() {
            return inputGradient;
        }

        /** Gradients of the weights, of the last {@link #backward}. */
        public Gradients sums() {
            return sums;
        }

        public void forward(int rowCount) {
            rows = rowCount;
            float[] values = input;
            for (int l = 0; l < outputs.length; l++) {
                forward(layers.get(l), values, outputs[l], rectified(l));
                values = outputs[l];
            }
        }

        private void forward(Layer layer, float[] values, float[] into, boolean rectify) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(layer.bias, 0, into, row * layer.outputs, layer.outputs);
            }
            Matrices.addProduct(rows, layer.inputs, layer.outputs, values, 0, layer.inputs, 1, layer.weights, into, 0);
            if (rectify) {
                for (int i = 0; i < rows * layer.outputs; i++) {
                    into[i] = Math.max(0, into[i]);
                }
            }
        }

        public void backward() {
            sums.clear();
            for (int l = outputs.length - 1; l >= 0; l--) {
                if (rectified(l)) {
                    mask(gradients[l], outputs[l], rows * layers.get(l).outputs);
                }
                backward(l, l == 0 ? input : outputs[l - 1], l == 0 ? inputGradient : gradients[l - 1]);
            }
        }

        private static void mask(float[] gradient, float[] output, int length) {
            for (int i = 0; i < length; i++) {
                gradient[i] *= Math.signum(output[i]); // 1 or 0, in vectors; a comparison is mispredicted
            }
        }

        private void backward(int l, float[] values, float[] into) {
            Layer layer = layers.get(l);
            float[] gradient = gradients[l];
            Matrices.addProduct(
                    layer.inputs, rows, layer.outputs, values, 0, 1, layer.inputs, gradient, sums.weights(l), 0);
            float[] bias = sums.bias(l);
            for (int row = 0; row < rows; row++) {
                for (int c = 0; c < layer.outputs; c++) {
                    bias[c] += gradient[row * layer.outputs + c];
                }
            }
            Arrays.fill(into, 0, rows * layer.inputs, 0);
            Matrices.addProduct(
                    rows, layer.outputs, layer.inputs, gradient, 0, layer.outputs, 1, layer.transposed, into, 0);
        }
    }

    /** Moves all weights against a gradient. */
    public void step(Gradients gradients, float rate, float decay) {
        for (int l = 0; l < layers.size(); l++) {
            Layer layer = layers.get(l);
            layer.weightSteps.step(layer.weights, gradients.weights(l), rate, decay);
            layer.biasSteps.step(layer.bias, gradients.bias(l), rate, 0);
            Matrices.transpose(layer.inputs, layer.outputs, layer.weights, layer.transposed);
        }
    }
}
