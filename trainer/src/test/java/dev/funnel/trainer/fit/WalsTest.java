package dev.funnel.trainer.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.FloatMatrix;
import dev.funnel.retrieval.FoldIn;
import dev.funnel.retrieval.Gramian;
import dev.funnel.trainer.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WalsTest {
    private static final long SEED = 31;
    private static final SparseRows INTERACTIONS = Interactions.grouped(300, 200, 12, SEED);

    private static WalsSettings settings(int sweeps, int threads) {
        return new WalsSettings(16, sweeps, 0.1, 0.01, 1, 0, SEED, threads);
    }

    private static double dot(FloatMatrix users, int user, FloatMatrix items, int item) {
        double sum = 0;
        for (int c = 0; c < users.columns(); c++) {
            sum += (double) users.get(user, c) * items.get(item, c);
        }
        return sum;
    }

    /** The objective from its definition: observed errors, all predictions, and the scaled lengths of all vectors. */
    private static double objective(SparseRows seen, Factors factors, WalsSettings settings) {
        double sum = 0;
        for (int user = 0; user < seen.rows(); user++) {
            for (int item = 0; item < seen.columns(); item++) {
                double prediction = dot(factors.users(), user, factors.items(), item);
                sum += settings.unobservedWeight() * prediction * prediction;
            }
            for (int entry = seen.start(user); entry < seen.end(user); entry++) {
                double error = 1 - dot(factors.users(), user, factors.items(), seen.column(entry));
                sum += seen.value(entry) * error * error;
            }
        }
        return sum + penalty(seen, factors.users(), settings) + penalty(seen.transpose(), factors.items(), settings);
    }

    private static double penalty(SparseRows rows, FloatMatrix vectors, WalsSettings settings) {
        double sum = 0;
        for (int row = 0; row < rows.rows(); row++) {
            double frequency = settings.unobservedWeight() * rows.columns();
            for (int entry = rows.start(row); entry < rows.end(row); entry++) {
                frequency += rows.value(entry);
            }
            double ridge = settings.regularization() * Math.pow(frequency, settings.regularizationExponent());
            sum += ridge * dot(vectors, row, vectors, row);
        }
        return sum;
    }

    @Test
    void a_trained_user_is_what_folding_in_the_history_gives() {
        Factors factors = Wals.fit(INTERACTIONS, settings(3, 2), Progress.SILENT);
        FoldIn foldIn =
                new FoldIn(factors.items(), factors.gramian(), settings(3, 2).foldIn());
        for (int user = 0; user < INTERACTIONS.rows(); user++) {
            int[] items = INTERACTIONS.columnsOf(user);
            float[] weights = INTERACTIONS.valuesOf(user);
            float[] folded = foldIn.solve(reversed(items), reversed(weights));
            assertArrayEquals(factors.users().row(user), folded, 1e-5f, "user " + user + ", seed " + SEED);
        }
    }

    private static int[] reversed(int[] values) {
        int[] reversed = values.clone();
        for (int i = 0; i < values.length; i++) {
            reversed[i] = values[values.length - 1 - i];
        }
        return reversed;
    }

    private static float[] reversed(float[] values) {
        float[] reversed = values.clone();
        for (int i = 0; i < values.length; i++) {
            reversed[i] = values[values.length - 1 - i];
        }
        return reversed;
    }

    @Test
    void the_gramian_is_that_of_the_items() {
        Factors factors = Wals.fit(INTERACTIONS, settings(2, 2), Progress.SILENT);
        assertArrayEquals(Gramian.of(factors.items()), factors.gramian());
    }

    @Test
    void any_number_of_threads_gives_the_same_bits() {
        Factors one = Wals.fit(INTERACTIONS, settings(3, 1), Progress.SILENT);
        for (int threads : new int[] {2, 3, 7}) {
            Factors many = Wals.fit(INTERACTIONS, settings(3, threads), Progress.SILENT);
            assertArrayEquals(one.users().toArray(), many.users().toArray(), threads + " threads");
            assertArrayEquals(one.items().toArray(), many.items().toArray(), threads + " threads");
        }
    }

    @Test
    void every_sweep_lowers_the_objective() {
        double before = Double.MAX_VALUE;
        for (int sweeps = 1; sweeps <= 6; sweeps++) {
            double after = objective(
                    INTERACTIONS, Wals.fit(INTERACTIONS, settings(sweeps, 2), Progress.SILENT), settings(1, 1));
            assertTrue(after < before, "sweep " + sweeps + ": " + after + " after " + before);
            before = after;
        }
    }

    @Test
    void items_of_a_user_s_group_score_above_others() {
        Factors factors = Wals.fit(INTERACTIONS, settings(8, 2), Progress.SILENT);
        double own = 0;
        double other = 0;
        for (int user = 0; user < INTERACTIONS.rows(); user++) {
            for (int item = 0; item < INTERACTIONS.columns(); item++) {
                double score = dot(factors.users(), user, factors.items(), item);
                if (item % Interactions.GROUPS == user % Interactions.GROUPS) {
                    own += score;
                } else {
                    other += score / (Interactions.GROUPS - 1);
                }
            }
        }
        assertTrue(own > 4 * other, own + " against " + other + ", seed " + SEED);
    }

    @Test
    void a_user_without_interactions_gets_the_zero_vector() {
        SparseRows one = SparseRows.of(2, 3, new int[] {0}, new int[] {1}, new float[] {1});
        Factors factors = Wals.fit(one, settings(2, 1), Progress.SILENT);
        assertArrayEquals(new float[16], factors.users().row(1));
    }

    @Test
    void progress_rises_from_0_to_1() {
        List<Double> shares = new ArrayList<>();
        Wals.fit(INTERACTIONS, settings(4, 2), (what, done) -> shares.add(done));
        assertEquals(shares.stream().sorted().toList(), shares);
        assertTrue(shares.getFirst() >= 0 && shares.getLast() <= 1 && shares.getLast() > 0.8, shares.toString());
    }

    @Test
    void interrupting_stops_the_fit() {
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> Wals.fit(INTERACTIONS, settings(1000, 2), Progress.SILENT));
        assertTrue(Thread.interrupted());
    }

    @Test
    void conjugate_gradients_come_to_the_exact_solution() {
        WalsSettings exact = settings(4, 2);
        Factors expected = Wals.fit(INTERACTIONS, exact, Progress.SILENT);
        Factors approached = Wals.fit(INTERACTIONS, withSteps(exact, 40), Progress.SILENT);
        assertArrayEquals(expected.items().toArray(), approached.items().toArray(), 2e-3f);
        assertArrayEquals(expected.users().toArray(), approached.users().toArray(), 2e-3f);
    }

    @Test
    void three_steps_of_conjugate_gradients_a_sweep_come_near_the_exact_objective() {
        WalsSettings exact = settings(8, 2);
        double expected = objective(INTERACTIONS, Wals.fit(INTERACTIONS, exact, Progress.SILENT), exact);
        double approached =
                objective(INTERACTIONS, Wals.fit(INTERACTIONS, withSteps(exact, 3), Progress.SILENT), exact);
        assertTrue(approached < 1.02 * expected, approached + " against " + expected);
    }

    private static WalsSettings withSteps(WalsSettings settings, int steps) {
        return new WalsSettings(
                settings.dimensions(),
                settings.sweeps(),
                settings.unobservedWeight(),
                settings.regularization(),
                settings.regularizationExponent(),
                steps,
                settings.seed(),
                settings.threads());
    }

    @Test
    void from_earlier_vectors_one_sweep_is_worth_several() {
        Factors earlier = Wals.fit(INTERACTIONS.thinned(11), settings(8, 2), Progress.SILENT);
        int[] rowOf = IntStream.range(0, INTERACTIONS.columns())
                .map(item -> item % 10 == 0 ? -1 : item)
                .toArray();
        Factors warm =
                Wals.fitFrom(new EarlierVectors(earlier.items(), rowOf), INTERACTIONS, settings(1, 2), Progress.SILENT);
        double cold = objective(INTERACTIONS, Wals.fit(INTERACTIONS, settings(1, 2), Progress.SILENT), settings(1, 1));
        double later = objective(INTERACTIONS, Wals.fit(INTERACTIONS, settings(3, 2), Progress.SILENT), settings(1, 1));
        double warmed = objective(INTERACTIONS, warm, settings(1, 1));
        assertTrue(warmed < cold && warmed < later, warmed + " warm, " + cold + " cold, " + later + " after 3 sweeps");
    }

    @Test
    void earlier_vectors_of_other_dimensions_are_refused() {
        EarlierVectors earlier =
                new EarlierVectors(FloatMatrix.of(new float[200 * 5], 200, 5), new int[INTERACTIONS.columns()]);
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> Wals.fitFrom(earlier, INTERACTIONS, settings(1, 1), Progress.SILENT));
        assertEquals("earlier vectors have 5 dimensions, must have 16", refusal.getMessage());
    }

    /** Folds in items from what a bundle holds for that. */
    private static FoldIn ofItems(Factors factors, WalsSettings settings) {
        return new FoldIn(factors.users(), factors.userGramian(), settings.foldIn());
    }

    @Test
    void an_unseen_item_is_folded_in_from_its_users_to_where_it_would_have_been_trained() {
        Factors factors = Wals.fit(INTERACTIONS, settings(30, 2), Progress.SILENT);
        SparseRows byItem = INTERACTIONS.transpose();
        FoldIn foldIn = ofItems(factors, settings(1, 1));
        for (int item = 0; item < byItem.rows(); item++) {
            float[] folded = foldIn.solve(byItem.columnsOf(item), byItem.valuesOf(item));
            assertArrayEquals(factors.items().row(item), folded, .05f, "item " + item + ", seed " + SEED);
        }
    }

    /** Fitted in few steps, so that the items are not at their solution: folding in is to find that, and not where they are. */
    @Test
    void an_item_folded_in_from_all_its_users_is_what_one_more_exact_half_sweep_makes_of_it() {
        WalsSettings settings = withSteps(settings(3, 2), 3);
        Factors factors = Wals.fit(INTERACTIONS, settings, Progress.SILENT);
        SparseRows byItem = INTERACTIONS.transpose();
        FoldIn foldIn = ofItems(factors, settings);
        for (int item = 0; item < byItem.rows(); item++) {
            float[] folded = foldIn.solve(byItem.columnsOf(item), byItem.valuesOf(item));
            double[] exact = halfStep(byItem, item, factors.users(), settings);
            for (int d = 0; d < folded.length; d++) {
                assertEquals(exact[d], folded[d], 1e-4, "item " + item + ", seed " + SEED);
            }
        }
    }

    /** The row's normal equations from their definition, in doubles, by Gauss-Jordan elimination. */
    private static double[] halfStep(SparseRows rows, int row, FloatMatrix fixed, WalsSettings settings) {
        int n = fixed.columns();
        double[][] system = new double[n][n + 1];
        double frequency = settings.unobservedWeight() * fixed.rows();
        for (int other = 0; other < fixed.rows(); other++) {
            addOuterProduct(system, fixed, other, settings.unobservedWeight());
        }
        for (int entry = rows.start(row); entry < rows.end(row); entry++) {
            addOuterProduct(system, fixed, rows.column(entry), rows.value(entry));
            frequency += rows.value(entry);
            for (int r = 0; r < n; r++) {
                system[r][n] += rows.value(entry) * fixed.get(rows.column(entry), r);
            }
        }
        for (int r = 0; r < n; r++) {
            system[r][r] += settings.regularization() * Math.pow(frequency, settings.regularizationExponent());
        }
        return solved(system);
    }

    private static void addOuterProduct(double[][] system, FloatMatrix vectors, int row, double weight) {
        for (int r = 0; r < vectors.columns(); r++) {
            for (int c = 0; c < vectors.columns(); c++) {
                system[r][c] += weight * vectors.get(row, r) * vectors.get(row, c);
            }
        }
    }

    private static double[] solved(double[][] system) {
        int n = system.length;
        double[] solution = new double[n];
        for (int k = 0; k < n; k++) {
            for (int r = 0; r < n; r++) {
                double factor = r == k ? 0 : system[r][k] / system[k][k];
                for (int c = 0; c <= n; c++) {
                    system[r][c] -= factor * system[k][c];
                }
            }
        }
        for (int k = 0; k < n; k++) {
            solution[k] = system[k][n] / system[k][k];
        }
        return solution;
    }
}
