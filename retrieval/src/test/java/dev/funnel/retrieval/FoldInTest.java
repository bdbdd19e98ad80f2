package dev.funnel.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.FloatMatrix;
import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.History;
import dev.funnel.bundle.TensorFile;
import dev.funnel.bundle.testing.SmallBundle;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FoldInTest {
    private static final long SEED = 5;
    private static final FoldInSettings SETTINGS = new FoldInSettings(0.3, 0.02, 0.7);

    /** The derivative of the objective at x, from its definition: zero where x is the solution. */
    private static double[] gradient(
            FloatMatrix items, int[] history, float[] weights, FoldInSettings settings, float[] x) {
        double[] gradient = new double[x.length];
        double frequency = settings.unobservedWeight() * items.rows();
        for (int item = 0; item < items.rows(); item++) {
            addTerm(gradient, items.row(item), x, settings.unobservedWeight(), 0);
        }
        for (int i = 0; i < history.length; i++) {
            addTerm(gradient, items.row(history[i]), x, weights[i], 1);
            frequency += weights[i];
        }
        double ridge = settings.regularization() * Math.pow(frequency, settings.regularizationExponent());
        for (int c = 0; c < x.length; c++) {
            gradient[c] += ridge * x[c];
        }
        return gradient;
    }

    private static void addTerm(double[] gradient, float[] item, float[] x, double weight, double target) {
        double error = Vectors.score(x, item, Similarity.DOT) - target;
        for (int c = 0; c < x.length; c++) {
            gradient[c] += weight * error * item[c];
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8, 17, 64})
    void the_solution_is_where_the_objective_is_flat(int dimensions) {
        FloatMatrix items = FloatMatrix.of(Vectors.gaussian(200 * dimensions, SEED), 200, dimensions);
        int[] history = new Random(SEED).ints(dimensions, 0, 200).toArray();
        float[] weights = new float[history.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 0.5f + i % 3;
        }
        float[] x = new FoldIn(items, Gramian.of(items), SETTINGS).solve(history, weights);
        for (double slope : gradient(items, history, weights, SETTINGS, x)) {
            assertEquals(0, slope, 2e-3, dimensions + " dimensions, seed " + SEED);
        }
    }

    @Test
    void the_users_of_a_bundle_are_what_their_histories_fold_in_to(@TempDir Path root) throws Exception {
        try (Bundle bundle = Bundle.open(SmallBundle.directory(root, SmallBundle.publish(root)))) {
            GeneratorEntry als = bundle.manifest().generators().getFirst();
            TensorFile tensors = bundle.tensors(als.file());
            FoldIn foldIn = new FoldIn(
                    tensors.floats("item_factors"),
                    tensors.floats("gramian").toArray(),
                    FoldInSettings.of(als.parameters()));
            FloatMatrix users = tensors.floats("user_factors");
            for (int user = 0; user < users.rows(); user++) {
                History history = bundle.users().history(user);
                assertArrayEquals(users.row(user), foldIn.solve(history.items(), history.weights()), 1e-5f);
            }
        }
    }

    @Test
    void an_item_twice_counts_like_one_of_twice_the_weight() {
        FloatMatrix items = Vectors.skewed(50, 6, SEED);
        FoldIn foldIn = new FoldIn(items, Gramian.of(items), SETTINGS);
        float[] twice = foldIn.solve(new int[] {3, 9, 3}, new float[] {1, 1, 1});
        assertArrayEquals(foldIn.solve(new int[] {3, 9}, new float[] {2, 1}), twice, 1e-6f);
    }

    @Test
    void entries_without_a_positive_weight_are_passed_over() {
        FloatMatrix items = Vectors.skewed(50, 6, SEED);
        FoldIn foldIn = new FoldIn(items, Gramian.of(items), SETTINGS);
        assertArrayEquals(
                foldIn.solve(new int[] {3}, new float[] {1}),
                foldIn.solve(new int[] {3, 9, 4}, new float[] {1, -1, 0}));
    }

    @Test
    void an_empty_history_gives_the_zero_vector() {
        FloatMatrix items = Vectors.skewed(50, 6, SEED);
        assertArrayEquals(new float[6], new FoldIn(items, Gramian.of(items), SETTINGS).solve(new int[0], new float[0]));
    }

    @Test
    void a_solver_forgets_the_history_it_has_solved() {
        FloatMatrix items = Vectors.skewed(50, 6, SEED);
        FoldIn foldIn = new FoldIn(items, Gramian.of(items), SETTINGS);
        FoldIn.Solver solver = foldIn.solver();
        float[] into = new float[7];
        solver.observe(1, 1);
        solver.solve(into, 0);
        solver.observe(2, 1);
        solver.solve(into, 1);
        float[] fresh = foldIn.solve(new int[] {2}, new float[] {1});
        for (int c = 0; c < 6; c++) {
            assertEquals(fresh[c], into[1 + c]);
        }
    }

    @Test
    void items_all_alike_and_hardly_any_regularisation_still_give_finite_vectors() {
        float[] flat = new float[40 * 16];
        java.util.Arrays.fill(flat, 1000);
        FloatMatrix items = FloatMatrix.of(flat, 40, 16);
        FoldIn foldIn = new FoldIn(items, Gramian.of(items), new FoldInSettings(1, 1e-9, 0));
        for (float value : foldIn.solve(new int[] {0, 1, 2}, new float[] {1, 1, 1})) {
            assertTrue(Float.isFinite(value));
        }
    }

    @Test
    void a_weight_that_is_not_finite_is_refused() {
        FloatMatrix items = Vectors.skewed(50, 6, SEED);
        FoldIn foldIn = new FoldIn(items, Gramian.of(items), SETTINGS);
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> foldIn.solve(new int[] {3}, new float[] {Float.NaN}));
        assertEquals("weight of item 3 is NaN, must be finite", refusal.getMessage());
    }

    @Test
    void settings_come_back_from_their_parameters() {
        assertEquals(SETTINGS, FoldInSettings.of(SETTINGS.parameters()));
        assertThrows(IllegalArgumentException.class, () -> FoldInSettings.of(Map.of("regularization", 1.0)));
        assertThrows(IllegalArgumentException.class, () -> new FoldInSettings(1, 0, 1));
    }
}
