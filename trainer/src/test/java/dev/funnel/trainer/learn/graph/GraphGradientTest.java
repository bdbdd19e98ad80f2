package dev.funnel.trainer.learn.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.trainer.learn.graph.Forms.Form;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every gradient beside central differences of the cost: those of inputs, and those of all weights. */
final class GraphGradientTest {
    private static final long SEED = 11;
    private static final int ROWS = 5;
    private static final float STEP = 1e-3f;
    private static final long DRAW = 3;

    static Stream<String> forms() {
        return Forms.all(SEED).keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void gradients_are_those_of_differences(String name) {
        Form form = Objects.requireNonNull(Forms.all(SEED).get(name));
        Costs costs = new Costs(form, new GraphRun(form.graph(), ROWS));
        costs.backward();
        float[] ofUser = costs.run.gradient(form.user()).clone();
        float[] ofItem = costs.run.gradient(form.item()).clone();
        List<float[]> gradients = costs.run.collect(ROWS);
        costs.compare(name + ", user", costs.run.values(form.user()), ofUser, () -> {});
        double largest = costs.compare(name + ", item", costs.run.values(form.item()), ofItem, () -> {});
        assertTrue(largest > 1e-3, name + ": the item has no gradient, seed " + SEED);
        List<Parameter> weights = form.graph().parameters();
        for (int p = 0; p < weights.size(); p++) {
            Parameter parameter = weights.get(p);
            float[] values = parameter.values();
            costs.compare(name + ", weights " + p, values, gradients.get(p), () -> parameter.restore(values.clone()));
        }
    }

    /** The mean cost of five random examples: half of the squared logit, plus the logit. */
    private record Costs(Form form, GraphRun run) {
        Costs {
            Random random = new Random(SEED);
            for (Node input : List.of(form.user(), form.item(), form.pair())) {
                float[] values = run.values(input);
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) random.nextGaussian();
                }
            }
        }

        double cost() {
            run.forwardToLearn(0, ROWS, DRAW);
            double cost = 0;
            for (float logit : run.values(form.logit())) {
                cost += 0.5 * logit * logit + logit;
            }
            return cost;
        }

        void backward() {
            cost();
            for (int row = 0; row < ROWS; row++) {
                run.gradient(form.logit())[row] = run.values(form.logit())[row] + 1;
            }
            run.backward(0, ROWS, DRAW);
        }

        /** Compares all; returns the largest gradient. */
        double compare(String what, float[] values, float[] gradient, Runnable changed) {
            double largest = 0;
            for (int i = 0; i < values.length; i++) {
                float before = values[i];
                values[i] = before + STEP;
                changed.run();
                double above = cost();
                values[i] = before - STEP;
                changed.run();
                double below = cost();
                values[i] = before;
                changed.run();
                double difference = (above - below) / (2 * STEP);
                assertEquals(
                        difference, gradient[i], 5e-3 + 1e-2 * Math.abs(difference), what + " " + i + ", seed " + SEED);
                largest = Math.max(largest, Math.abs(gradient[i]));
            }
            return largest;
        }
    }
}
