package dev.funnel.trainer.learn.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class GraphTrainingTest {
    private static final long SEED = 13;
    private static final int ROWS = 300;

    /** Two layers over two inputs, and a training of it. */
    private static final class Small implements AutoCloseable {
        final Graph graph = new Graph(SEED);
        final Node item = graph.input(new InputBlock("item", 20, Side.ITEM, true));
        final Node pair = graph.input(new InputBlock("pair", 3, Side.CANDIDATE, false));
        final Node hidden = graph.dropout(graph.relu(graph.dense(List.of(item, pair), 70)), 0.2f);
        final Node logit = graph.dense(List.of(hidden), 1);
        final GraphTraining training;

        Small(float rate, int threads) {
            training = new GraphTraining(graph, ROWS, rate, 1e-3f, threads);
            fill(SEED);
        }

        void fill(long seed) {
            Random random = new Random(seed);
            for (Node input : List.of(item, pair)) {
                float[] values = training.values(input);
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) random.nextGaussian();
                }
            }
        }

        double step(float[] positives) {
            float[] negatives = new float[ROWS];
            Arrays.fill(negatives, 1);
            return training.step(ROWS, List.of(new Loss.Logistic(logit, positives, negatives)));
        }

        @Override
        public void close() {
            training.close();
        }
    }

    private static float[] positives(float weight) {
        float[] positives = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            positives[i] = i % 4 == 0 ? weight : 0;
        }
        return positives;
    }

    @Test
    void the_number_of_threads_changes_no_bit() {
        List<List<float[]>> weights = new ArrayList<>();
        for (int threads = 1; threads <= 3; threads++) {
            try (Small small = new Small(0.01f, threads)) {
                for (int step = 0; step < 8; step++) {
                    small.fill(SEED + step);
                    small.step(positives(3));
                }
                weights.add(small.graph.weights());
            }
        }
        for (int p = 0; p < weights.getFirst().size(); p++) {
            assertArrayEquals(weights.get(0).get(p), weights.get(1).get(p), "two threads, seed " + SEED);
            assertArrayEquals(weights.get(0).get(p), weights.get(2).get(p), "three threads, seed " + SEED);
        }
    }

    @Test
    void the_odds_become_the_mean_weight() {
        try (Small small = new Small(0.02f, 1)) {
            Arrays.fill(small.training.values(small.item), 1);
            Arrays.fill(small.training.values(small.pair), 1);
            for (int step = 0; step < 600; step++) {
                small.training.learningRate(0.02f / (1 + step / 100f));
                small.step(positives(20));
            }
            small.training.forward(ROWS, (from, to) -> {});
            assertEquals(5, Math.exp(small.training.values(small.logit)[0]), 0.25, "seed " + SEED);
        }
    }

    @Test
    void squares_lead_to_the_mean_of_what_counts() {
        Graph graph = new Graph(SEED);
        Node input = graph.input(new InputBlock("item", 1, Side.ITEM, false));
        Node logit = graph.dense(List.of(input), 1);
        try (GraphTraining training = new GraphTraining(graph, 4, 0.05f, 0, 1)) {
            var loss = new Loss.Squared(logit, new float[] {1, 2, 3, 100}, new float[] {1, 1, 1, 0});
            for (int step = 0; step < 500; step++) {
                training.step(4, List.of(loss));
            }
            assertEquals(2, training.values(logit)[0], 1e-3, "seed " + SEED);
            training.forward(4, (from, to) -> {});
            assertEquals(2.0 / 4, training.cost(4, List.of(loss)), 1e-3, "seed " + SEED);
        }
    }

    @Test
    void restored_weights_give_the_same_logits_again() {
        try (Small small = new Small(0.05f, 2)) {
            List<float[]> before = small.graph.weights();
            small.training.forward(ROWS, (from, to) -> {});
            float[] logits = small.training.values(small.logit).clone();
            small.step(positives(3));
            small.training.forward(ROWS, (from, to) -> {});
            assertTrue(Math.abs(logits[0] - small.training.values(small.logit)[0]) > 1e-6, "nothing moved");
            small.graph.restore(before);
            small.training.forward(ROWS, (from, to) -> {});
            assertArrayEquals(logits, small.training.values(small.logit));
        }
    }

    @Test
    void a_cost_that_is_not_finite_ends_the_training() {
        try (Small small = new Small(0.01f, 1)) {
            ArithmeticException refusal =
                    assertThrows(ArithmeticException.class, () -> small.step(positives(Float.POSITIVE_INFINITY)));
            assertTrue(String.valueOf(refusal.getMessage()).contains("diverged"), refusal.getMessage());
        }
    }
}
