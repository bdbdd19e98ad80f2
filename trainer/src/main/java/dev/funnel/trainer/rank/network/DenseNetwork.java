package dev.funnel.trainer.rank.network;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Adam;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A dense network being trained: DJL on PyTorch's native CPU build, Adam, ReLU between layers, one logit.
 *
 * <p>Embeddings are no part of it: the caller fills their rows into the input blocks and reads back the gradients of the
 * blocks that it asks for, because DJL's sparse gradients do not work (every optimiser updates the whole table each step).
 * Deterministic for a seed, a number of PyTorch threads and a processor. Not thread-safe; one network of a process computes
 * gradients at a time.
 */
public final class DenseNetwork implements AutoCloseable {
    private final List<InputBlock> inputs;
    private final NDManager manager;
    private final List<NDArray> weights = new ArrayList<>();
    private final List<NDArray> biases = new ArrayList<>();
    private final Adam adam;
    private float learningRate;

    /** A network with seeded random weights (He et al. 2015: normal, variance 2 / inputs). */
    public DenseNetwork(List<InputBlock> inputs, NetworkSettings settings) {
        this.inputs = List.copyOf(inputs);
        this.manager = engine().newBaseManager();
        this.learningRate = settings.learningRate();
        this.adam = Adam.builder()
                .optLearningRateTracker((parameter, step) -> learningRate)
                .build();
        addLayers(settings);
    }

    /** DJL's engine, told before it loads that everything it needs is on the class path and that it reports to nobody. */
    private static Engine engine() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
        return Engine.getEngine("PyTorch");
    }

    private void addLayers(NetworkSettings settings) {
        SplittableRandom random = new SplittableRandom(settings.seed());
        int width = inputs.stream().mapToInt(InputBlock::width).sum();
        List<Integer> outputs = new ArrayList<>(settings.hidden());
        outputs.add(1);
        for (int output : outputs) {
            weights.add(parameter(randomWeights(random, width, output), width, output));
            biases.add(parameter(new float[output], 1, output));
            width = output;
        }
        biases.getLast().set(new float[] {settings.initialLogit()});
    }

    private static float[] randomWeights(SplittableRandom random, int inputs, int outputs) {
        float[] values = new float[inputs * outputs];
        double deviation = Math.sqrt(2.0 / inputs);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return values;
    }

    private NDArray parameter(float[] values, int rows, int columns) {
        NDArray array = manager.create(values, new Shape(rows, columns));
        array.setRequiresGradient(true);
        return array;
    }

    /** Sets Adam's step size for the steps to come. */
    public void learningRate(float rate) {
        this.learningRate = rate;
    }

    /**
     * One step of gradient descent.
     *
     * @param gradients per input: filled with the gradient of the mean cost with respect to its block, rows x width, or left
     *     alone if empty
     * @return the mean cost before the step
     * @throws ArithmeticException if the cost is no longer finite
     */
    public float step(Batch batch, List<float[]> gradients) {
        try (NDManager scratch = manager.newSubManager();
                GradientCollector collector = manager.getEngine().newGradientCollector()) {
            NDList blocks = blocks(scratch, batch);
            for (int i = 0; i < gradients.size(); i++) {
                blocks.get(i).setRequiresGradient(gradients.get(i).length > 0);
            }
            NDArray cost = meanCost(logits(blocks), scratch, batch);
            collector.backward(cost);
            readGradients(blocks, gradients);
            updateParameters(scratch);
            return finite(cost.getFloat());
        }
    }

    private static void readGradients(NDList blocks, List<float[]> into) {
        for (int i = 0; i < into.size(); i++) {
            if (into.get(i).length > 0) {
                try (NDArray gradient = blocks.get(i).getGradient()) {
                    gradient.toByteBuffer().asFloatBuffer().get(into.get(i), 0, (int) gradient.size());
                }
            }
        }
    }

    private void updateParameters(NDManager scratch) {
        for (int i = 0; i < weights.size(); i++) {
            update("weights" + i, weights.get(i), scratch);
            update("bias" + i, biases.get(i), scratch);
        }
    }

    private void update(String name, NDArray parameter, NDManager scratch) {
        NDArray gradient = parameter.getGradient();
        gradient.attach(scratch);
        adam.update(name, parameter, gradient);
        gradient.subi(gradient);
    }

    private static float finite(float cost) {
        if (!Float.isFinite(cost)) {
            throw new ArithmeticException("training diverged: the cost of a batch is " + cost);
        }
        return cost;
    }

    /** Fills the logits of the batch's examples into {@code into}. */
    public void logits(Batch batch, float[] into) {
        try (NDManager scratch = manager.newSubManager()) {
            logits(blocks(scratch, batch)).toByteBuffer().asFloatBuffer().get(into, 0, batch.rows());
        }
    }

    private NDList blocks(NDManager scratch, Batch batch) {
        NDList blocks = new NDList();
        for (int i = 0; i < inputs.size(); i++) {
            Shape shape = new Shape(batch.rows(), inputs.get(i).width());
            blocks.add(scratch.create(
                    batch.blocks().get(i).slice().order(java.nio.ByteOrder.nativeOrder()), shape, DataType.FLOAT32));
        }
        return blocks;
    }

    private NDArray logits(NDList blocks) {
        NDArray values = blocks.size() == 1 ? blocks.getFirst() : NDArrays.concat(blocks, 1);
        for (int i = 0; i < weights.size(); i++) {
            NDArray rectified = i == 0 ? values : Activation.relu(values);
            values = rectified.matMul(weights.get(i)).add(biases.get(i));
        }
        return values;
    }

    private static NDArray meanCost(NDArray logits, NDManager scratch, Batch batch) {
        Shape shape = new Shape(batch.rows(), 1);
        NDArray negatives = scratch.create(batch.negatives(), shape);
        NDArray positives = scratch.create(batch.positives(), shape);
        NDArray asNegative = Activation.softPlus(logits).mul(negatives);
        NDArray asPositive = Activation.softPlus(logits.neg()).mul(positives);
        return asNegative.add(asPositive).mean();
    }

    /** A copy of the weights as they are, served with logits clipped to the range given. */
    public NetworkWeights weights(float lowestLogit, float highestLogit) {
        List<DenseLayer> layers = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            Shape shape = weights.get(i).getShape();
            layers.add(new DenseLayer(
                    (int) shape.get(0),
                    (int) shape.get(1),
                    weights.get(i).toFloatArray(),
                    biases.get(i).toFloatArray()));
        }
        return new NetworkWeights(inputs, layers, lowestLogit, highestLogit);
    }

    @Override
    public void close() {
        manager.close();
    }
}
