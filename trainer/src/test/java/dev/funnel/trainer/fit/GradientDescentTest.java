package dev.funnel.trainer.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.trainer.Progress;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ways of descending: on single pairs, and on pairs of items. */
final class GradientDescentTest {
    private static final long SEED = 31;
    private static final SparseRows INTERACTIONS = Interactions.grouped(300, 200, 12, SEED);

    /** A fit on the same interactions, with a seed, on so many threads. */
    interface Fit {
        Factors of(SparseRows interactions, long seed, int threads);
    }

    static Stream<Fit> fits() {
        return Stream.of(
                (interactions, seed, threads) -> SgdFactorization.fit(
                        interactions, sgd(SgdSettings.Loss.LOGISTIC, 0, seed, threads), Progress.SILENT),
                (interactions, seed, threads) ->
                        Bpr.fit(interactions, bpr(BprSettings.Loss.LOG_SIGMOID, seed, threads), Progress.SILENT));
    }

    private static SgdSettings sgd(SgdSettings.Loss loss, double gravity, long seed, int threads) {
        return new SgdSettings(9, 25, .1, .02, .005, 4, loss, gravity, .1, seed, threads);
    }

    private static BprSettings bpr(BprSettings.Loss loss, long seed, int threads) {
        return new BprSettings(9, 20, .1, .02, .005, 2, 1, loss, .1, seed, threads);
    }

    @ParameterizedTest
    @EnumSource
    void a_loss_on_single_pairs_finds_what_was_planted(SgdSettings.Loss loss) {
        double share = Planted.share(SgdFactorization.fit(INTERACTIONS, sgd(loss, 0, SEED, 2), Progress.SILENT));
        assertTrue(share > .9, share + ", seed " + SEED);
    }

    @ParameterizedTest
    @EnumSource
    void a_loss_on_pairs_of_items_finds_what_was_planted(BprSettings.Loss loss) {
        double share = Planted.share(Bpr.fit(INTERACTIONS, bpr(loss, SEED, 2), Progress.SILENT));
        assertTrue(share > .9, share + ", seed " + SEED);
    }

    @ParameterizedTest
    @MethodSource("fits")
    void any_number_of_threads_gives_the_same_bits_and_another_seed_gives_others(Fit fit) {
        float[] one = fit.of(INTERACTIONS, SEED, 1).items().toArray();
        for (int threads : new int[] {2, 5}) {
            assertArrayEquals(one, fit.of(INTERACTIONS, SEED, threads).items().toArray(), threads + " threads");
        }
        assertTrue(!Arrays.equals(one, fit.of(INTERACTIONS, SEED + 1, 1).items().toArray()));
    }

    @ParameterizedTest
    @MethodSource("fits")
    void the_bias_is_a_dimension_that_is_1_for_users_and_higher_for_popular_items(Fit fit) {
        int users = 200;
        int[] rows = new int[2 * users];
        int[] columns = new int[2 * users];
        float[] ones = new float[2 * users];
        for (int e = 0; e < rows.length; e++) {
            rows[e] = e / 2;
            columns[e] = e % 2 == 0 ? 0 : 1 + e / 2 % 50;
            ones[e] = 1;
        }
        Factors factors = fit.of(SparseRows.of(users, 51, rows, columns, ones), SEED, 1);
        int last = factors.items().columns() - 1;
        for (int user = 0; user < users; user++) {
            assertEquals(1, factors.users().get(user, last));
        }
        for (int item = 1; item < 51; item++) {
            assertTrue(factors.items().get(0, last) > factors.items().get(item, last), "item " + item);
        }
    }

    @ParameterizedTest
    @MethodSource("fits")
    void a_user_and_an_item_without_interactions_do_no_harm(Fit fit) {
        SparseRows one = SparseRows.of(2, 3, new int[] {0}, new int[] {1}, new float[] {1});
        for (float value : fit.of(one, SEED, 2).items().toArray()) {
            assertTrue(Float.isFinite(value));
        }
    }

    @ParameterizedTest
    @MethodSource("fits")
    void interrupting_stops_the_fit(Fit fit) {
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> fit.of(INTERACTIONS, SEED, 2));
        assertTrue(Thread.interrupted());
    }

    @Test
    void comparing_with_the_hardest_of_several_items_pushes_down_what_scores_highest() {
        SparseRows one = SparseRows.of(1, 61, new int[] {0}, new int[] {0}, new float[] {1});
        double uniform = margin(Bpr.fit(one, among(1), Progress.SILENT));
        double hardest = margin(Bpr.fit(one, among(20), Progress.SILENT));
        assertTrue(hardest > uniform + .2, hardest + " against " + uniform);
    }

    private static BprSettings among(int among) {
        return new BprSettings(9, 20, .1, .02, .005, 2, among, BprSettings.Loss.LOG_SIGMOID, .5, SEED, 1);
    }

    /** By how much the one interaction of the one user scores above the best of the other items. */
    private static double margin(Factors factors) {
        double best = Double.NEGATIVE_INFINITY;
        for (int item = 1; item < factors.items().rows(); item++) {
            best = Math.max(best, Planted.score(factors, 0, item));
        }
        return Planted.score(factors, 0, 0) - best;
    }

    @Test
    void gravity_pulls_the_scores_of_all_pairs_towards_0() {
        SgdSettings.Loss loss = SgdSettings.Loss.LOGISTIC;
        double without = meanSquare(SgdFactorization.fit(INTERACTIONS, sgd(loss, 0, SEED, 1), Progress.SILENT));
        double with = meanSquare(SgdFactorization.fit(INTERACTIONS, sgd(loss, .2, SEED, 1), Progress.SILENT));
        assertTrue(with < .7 * without, with + " against " + without);
    }

    private static double meanSquare(Factors factors) {
        double sum = 0;
        for (int user = 0; user < factors.users().rows(); user++) {
            for (int item = 0; item < factors.items().rows(); item++) {
                sum += Math.pow(Planted.score(factors, user, item), 2);
            }
        }
        return sum / factors.users().rows() / factors.items().rows();
    }

    @Test
    void the_slope_of_a_loss_is_its_derivative() {
        assertEquals(.5, SgdSettings.Loss.LOGISTIC.slope(0, 1), 1e-12);
        assertEquals(-.5, SgdSettings.Loss.LOGISTIC.slope(0, 0), 1e-12);
        assertEquals(.25, SgdSettings.Loss.SQUARED.slope(.75, 1), 1e-12);
        assertEquals(-.75, SgdSettings.Loss.SQUARED.slope(.75, 0), 1e-12);
        assertEquals(.5, BprSettings.Loss.LOG_SIGMOID.slope(0), 1e-12);
        assertEquals(1, BprSettings.Loss.MARGIN.slope(.99));
        assertEquals(0, BprSettings.Loss.MARGIN.slope(1));
    }
}
