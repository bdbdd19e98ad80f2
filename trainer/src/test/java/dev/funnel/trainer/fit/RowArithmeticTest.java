package dev.funnel.trainer.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain loops and lanes agree, whatever the length and wherever the vectors lie. */
final class RowArithmeticTest {
    private static final long SEED = 17;
    private static final RowArithmetic LOOPS = new RowLoops();
    private static final RowArithmetic LANES = new RowLanes();

    private static float[] random(int seed) {
        Random random = new Random(SEED + seed);
        float[] values = new float[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 16, 33, 64, 191})
    void the_inner_product_is_that_of_plain_loops(int n) {
        float expected = LOOPS.dot(random(1), 5, random(2), 9, n);
        assertEquals(expected, LANES.dot(random(1), 5, random(2), 9, n), 1e-4f, "seed " + SEED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 16, 33, 64, 191})
    void adding_changes_the_same_values(int n) {
        float[] one = random(1);
        float[] other = random(1);
        LOOPS.add(one, 5, random(2), 9, .3f, n);
        LANES.add(other, 5, random(2), 9, .3f, n);
        assertArrayEquals(one, other, 1e-5f, "seed " + SEED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 33, 64, 191})
    void a_step_of_two_changes_the_same_values(int n) {
        float[][] one = {random(1), random(2)};
        float[][] other = {random(1), random(2)};
        LOOPS.step(one[0], 5, one[1], 9, .9f, .3f, n);
        LANES.step(other[0], 5, other[1], 9, .9f, .3f, n);
        assertArrayEquals(one[0], other[0], 1e-5f, "seed " + SEED);
        assertArrayEquals(one[1], other[1], 1e-5f, "seed " + SEED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 33, 64, 120})
    void a_step_of_three_changes_the_same_values(int n) {
        float[][] one = {random(1), random(2)};
        float[][] other = {random(1), random(2)};
        LOOPS.step(one[0], 5, one[1], 9, one[1], 132, .9f, .3f, n);
        LANES.step(other[0], 5, other[1], 9, other[1], 132, .9f, .3f, n);
        assertArrayEquals(one[0], other[0], 1e-5f, "seed " + SEED);
        assertArrayEquals(one[1], other[1], 1e-5f, "seed " + SEED);
    }

    @org.junit.jupiter.api.Test
    void a_step_is_what_it_says() {
        float[] a = {2};
        float[] items = {3, 5};
        LOOPS.step(a, 0, items, 0, items, 1, .5f, 10, 1);
        assertArrayEquals(new float[] {1 - 20}, a);
        assertArrayEquals(new float[] {1.5f + 20, 2.5f - 20}, items);
    }
}
