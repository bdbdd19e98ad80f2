package dev.funnel.trainer.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.trainer.Progress;
import org.junit.jupiter.api.Test;

final class SvdTest {
    private static final long SEED = 5;

    private static Factors fit(SparseRows matrix, int dimensions, int threads) {
        return Svd.fit(matrix, new SvdSettings(dimensions, 12, SEED, threads), Progress.SILENT);
    }

    /** [3 0; 4 5] has the singular values sqrt(45) and sqrt(5); the right vectors are (1, 1) / sqrt(2) and (1, -1) / sqrt(2). */
    private static final SparseRows TWO_BY_TWO =
            SparseRows.of(2, 2, new int[] {0, 1, 1}, new int[] {0, 0, 1}, new float[] {3, 4, 5});

    @Test
    void a_matrix_that_can_be_decomposed_by_hand_is() {
        Factors factors = fit(TWO_BY_TWO, 2, 1);
        double half = Math.sqrt(.5);
        for (int item = 0; item < 2; item++) {
            assertEquals(half, Math.abs(factors.items().get(item, 0)), 1e-5);
            assertEquals(half, Math.abs(factors.items().get(item, 1)), 1e-5);
        }
        assertEquals(45, squaredLength(factors, 0), 1e-3);
        assertEquals(5, squaredLength(factors, 1), 1e-3);
    }

    @Test
    void with_all_dimensions_the_product_is_the_matrix() {
        Factors factors = fit(TWO_BY_TWO, 2, 1);
        float[][] expected = {{3, 0}, {4, 5}};
        for (int user = 0; user < 2; user++) {
            for (int item = 0; item < 2; item++) {
                assertEquals(expected[user][item], Planted.score(factors, user, item), 1e-5);
            }
        }
    }

    @Test
    void dimensions_beyond_the_rank_are_0() {
        Factors factors = fit(TWO_BY_TWO, 5, 1);
        assertEquals(5, factors.items().columns());
        for (int item = 0; item < 2; item++) {
            assertArrayEquals(
                    new float[3], java.util.Arrays.copyOfRange(factors.items().row(item), 2, 5));
        }
        assertEquals(4, Planted.score(factors, 1, 0), 1e-5);
    }

    @Test
    void a_user_is_the_sum_of_the_vectors_of_the_history() {
        SparseRows interactions = Interactions.grouped(120, 90, 8, SEED);
        Factors factors = fit(interactions, 6, 2);
        float[] sum = new float[6];
        for (int item : interactions.columnsOf(3)) {
            for (int c = 0; c < sum.length; c++) {
                sum[c] += interactions.value(interactions.start(3))
                        * factors.items().get(item, c);
            }
        }
        float[] user = factors.users().row(3);
        boolean allOnes = interactions.count(3) == 8;
        if (allOnes) {
            assertArrayEquals(sum, user, 1e-4f);
        }
        assertTrue(squaredLength(factors, 0) >= squaredLength(factors, 5));
    }

    @Test
    void it_finds_what_was_planted_with_the_same_bits_on_any_number_of_threads() {
        SparseRows interactions = Interactions.grouped(300, 200, 12, SEED);
        Factors one = fit(interactions, 6, 1);
        assertTrue(Planted.share(one) > .8, Planted.share(one) + ", seed " + SEED);
        assertArrayEquals(one.items().toArray(), fit(interactions, 6, 3).items().toArray());
    }

    private static double squaredLength(Factors factors, int dimension) {
        double sum = 0;
        for (int user = 0; user < factors.users().rows(); user++) {
            sum += Math.pow(factors.users().get(user, dimension), 2);
        }
        return sum;
    }
}
