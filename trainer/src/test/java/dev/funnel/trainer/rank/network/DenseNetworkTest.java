package dev.funnel.trainer.rank.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DenseNetworkTest {
    private static final long SEED = 5;
    private static final int ROWS = 40;
    private static final List<InputBlock> INPUTS = List.of(
            new InputBlock("item", 7, false), new InputBlock("user", 5, true), new InputBlock("pair", 3, false));
    private static final NetworkSettings SETTINGS = new NetworkSettings(List.of(16, 8), 0.01f, 0.5f, SEED);

    /** Random inputs; a block that candidates share holds the same row for all. */
    private static Batch batch(long seed, float positive) {
        Random random = new Random(seed);
        List<ByteBuffer> blocks = new ArrayList<>();
        for (InputBlock input : INPUTS) {
            float[] shared = new float[input.width()];
            for (int i = 0; i < shared.length; i++) {
                shared[i] = (float) random.nextGaussian();
            }
            ByteBuffer buffer = ByteBuffer.allocateDirect(ROWS * input.width() * Float.BYTES)
                    .order(ByteOrder.nativeOrder());
            for (int i = 0; i < ROWS * input.width(); i++) {
                buffer.asFloatBuffer()
                        .put(i, input.oncePerRequest() ? shared[i % input.width()] : (float) random.nextGaussian());
            }
            blocks.add(buffer);
        }
        float[] positives = new float[ROWS];
        float[] negatives = new float[ROWS];
        Arrays.fill(positives, positive);
        Arrays.fill(negatives, 1);
        return new Batch(ROWS, blocks, positives, negatives);
    }

    private static List<float[]> noGradients() {
        return List.of(new float[0], new float[0], new float[0]);
    }

    private static float[] onnx(byte[] model, Batch batch) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try (OrtSession session = environment.createSession(model)) {
            for (int i = 0; i < INPUTS.size(); i++) {
                int rows = INPUTS.get(i).oncePerRequest() ? 1 : ROWS;
                long[] shape = {rows, INPUTS.get(i).width()};
                FloatBuffer values = batch.blocks()
                        .get(i)
                        .asFloatBuffer()
                        .slice(0, rows * INPUTS.get(i).width());
                inputs.put(INPUTS.get(i).name(), OnnxTensor.createTensor(environment, values, shape));
            }
            try (OrtSession.Result result = session.run(inputs)) {
                float[] values = new float[ROWS];
                ((OnnxTensor) result.get("odds").orElseThrow()).getFloatBuffer().get(values);
                return values;
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    @Test
    void the_onnx_model_gives_what_the_trained_network_gives() throws Exception {
        try (DenseNetwork network = new DenseNetwork(INPUTS, SETTINGS)) {
            for (int step = 0; step < 20; step++) {
                network.step(batch(SEED + step, 3), noGradients());
            }
            Batch unseen = batch(SEED + 100, 3);
            float[] logits = new float[ROWS];
            network.logits(unseen, logits);
            float[] served = onnx(OnnxGraph.write(network.weights(-15, 15), "odds"), unseen);
            for (int i = 0; i < ROWS; i++) {
                double odds = Math.exp(logits[i]);
                assertEquals(odds, served[i], 1e-5 * odds, "seed " + SEED + ", row " + i);
            }
        }
    }

    @Test
    void a_logit_beyond_the_range_is_served_clipped() throws Exception {
        try (DenseNetwork network = new DenseNetwork(INPUTS, new NetworkSettings(List.of(4), 0.01f, 50, SEED))) {
            float[] served = onnx(OnnxGraph.write(network.weights(-3, 3), "odds"), batch(SEED, 1));
            for (float value : served) {
                assertEquals(Math.exp(3), value, 1e-3, "seed " + SEED);
            }
        }
    }

    @Test
    void the_odds_become_the_mean_weight() {
        try (DenseNetwork network = new DenseNetwork(INPUTS, new NetworkSettings(List.of(8), 0.05f, 0, SEED))) {
            Batch batch = batch(SEED, 0);
            for (int i = 0; i < ROWS; i++) {
                batch.positives()[i] = i % 4 == 0 ? 20 : 0;
            }
            for (InputBlock input : INPUTS) {
                ByteBuffer block = batch.blocks().get(INPUTS.indexOf(input));
                for (int i = 0; i < block.capacity() / Float.BYTES; i++) {
                    block.putFloat(i * Float.BYTES, 1);
                }
            }
            for (int step = 0; step < 400; step++) {
                network.step(batch, noGradients());
            }
            float[] logits = new float[ROWS];
            network.logits(batch, logits);
            assertEquals(5, Math.exp(logits[0]), 0.05, "seed " + SEED);
        }
    }

    @Test
    void gradients_are_those_of_differences() {
        Batch batch = batch(SEED, 3);
        float[] gradient = new float[ROWS * 7];
        try (DenseNetwork network = new DenseNetwork(INPUTS, new NetworkSettings(List.of(16, 8), 0, 0.5f, SEED))) {
            network.step(batch, List.of(gradient, new float[0], new float[0]));
            for (int at : new int[] {0, 8, 100, 279}) {
                ByteBuffer block = batch.blocks().getFirst();
                float before = block.getFloat(at * Float.BYTES);
                float step = 0.05f;
                block.putFloat(at * Float.BYTES, before + step);
                double above = network.step(batch, noGradients());
                block.putFloat(at * Float.BYTES, before - step);
                double below = network.step(batch, noGradients());
                block.putFloat(at * Float.BYTES, before);
                assertEquals((above - below) / (2 * step), gradient[at], 2e-4, "seed " + SEED + ", value " + at);
            }
        }
    }

    @Test
    void the_same_seed_gives_the_same_network_bit_for_bit() {
        List<NetworkWeights> trained = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            try (DenseNetwork network = new DenseNetwork(INPUTS, SETTINGS)) {
                for (int step = 0; step < 10; step++) {
                    network.step(batch(SEED + step, 3), noGradients());
                }
                trained.add(network.weights(-15, 15));
            }
        }
        for (int layer = 0; layer < 3; layer++) {
            assertArrayEquals(
                    trained.getFirst().layers().get(layer).weights(),
                    trained.getLast().layers().get(layer).weights(),
                    "seed " + SEED);
        }
        try (DenseNetwork other =
                new DenseNetwork(INPUTS, new NetworkSettings(List.of(16, 8), 0.01f, 0.5f, SEED + 1))) {
            assertFalse(Arrays.equals(
                    other.weights(-1, 1).layers().getFirst().weights(),
                    trained.getFirst().layers().getFirst().weights()));
        }
    }

    @Test
    void a_cost_that_is_not_finite_ends_the_training() {
        try (DenseNetwork network = new DenseNetwork(INPUTS, SETTINGS)) {
            ArithmeticException refusal = assertThrows(
                    ArithmeticException.class, () -> network.step(batch(SEED, Float.POSITIVE_INFINITY), noGradients()));
            assertTrue(String.valueOf(refusal.getMessage()).contains("diverged"), refusal.getMessage());
        }
    }
}
