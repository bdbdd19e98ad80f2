package dev.funnel.trainer.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MatricesTest {
    private static final long SEED = 5;
    private static final int MOST_CALLS = 5_000;

    private static float[] random(int size) {
        SplittableRandom random = new SplittableRandom(SEED + size);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    private static float[] reckoned(int m, int k, int n, float[] a, float[] b) {
        float[] c = new float[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int x = 0; x < k; x++) {
                    sum += (double) a[i * k + x] * b[x * n + j];
                }
                c[i * n + j] = (float) sum;
            }
        }
        return c;
    }

    @Test
    void a_product_is_right_for_shapes_that_fill_no_vector() {
        for (int[] shape : new int[][] {{1, 1, 1}, {5, 130, 67}, {4, 3, 64}, {7, 257, 150}, {9, 2, 15}}) {
            float[] a = random(shape[0] * shape[1]);
            float[] b = random(shape[1] * shape[2]);
            float[] c = new float[shape[0] * shape[2]];
            Matrices.addProduct(shape[0], shape[1], shape[2], a, 0, shape[1], 1, b, c, 0);
            assertArrayEquals(reckoned(shape[0], shape[1], shape[2], a, b), c, 1e-4f, Arrays.toString(shape));
        }
    }

    @Test
    void a_matrix_may_be_given_as_its_transpose() {
        float[] a = random(6 * 70);
        float[] transposed = new float[a.length];
        Matrices.transpose(6, 70, a, transposed);
        float[] b = random(70 * 66);
        float[] straight = new float[6 * 66];
        float[] turned = new float[6 * 66];
        Matrices.addProduct(6, 70, 66, a, 0, 70, 1, b, straight, 0);
        Matrices.addProduct(6, 70, 66, transposed, 0, 1, 6, b, turned, 0);
        assertArrayEquals(straight, turned);
    }

    @Test
    void a_row_has_the_same_bits_whatever_stands_beside_it() {
        float[] a = random(9 * 140);
        float[] b = random(140 * 130);
        float[] all = new float[9 * 130];
        Matrices.addProduct(9, 140, 130, a, 0, 140, 1, b, all, 0);
        for (int row = 0; row < 9; row++) {
            float[] one = new float[130];
            Matrices.addProduct(1, 140, 130, a, row * 140, 140, 1, b, one, 0);
            assertArrayEquals(Arrays.copyOfRange(all, row * 130, (row + 1) * 130), one);
        }
    }

    /** A vector that leaves its register is an object: a product would make megabytes of them. Needs a JVM that compiles with C2. */
    @ParameterizedTest
    @CsvSource({"256, 128", "256, 48", "7, 128"})
    void a_product_allocates_its_panel_alone_once_it_is_compiled(int m, int n) {
        int panel = 128 * 4 * FloatVector.SPECIES_PREFERRED.length() * Float.BYTES;
        float[] a = random(m * 128);
        float[] b = random(128 * n);
        float[] c = new float[m * n];
        long least = Long.MAX_VALUE;
        for (int call = 0; call < MOST_CALLS && least >= 2L * panel; call++) {
            least = Math.min(least, allocated(() -> Matrices.addProduct(m, 128, n, a, 0, 128, 1, b, c, 0)));
        }
        assertTrue(least < 2L * panel, least + " bytes");
    }

    private static long allocated(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void a_softmax_is_that_of_the_library_and_says_the_cost_of_its_labels() {
        float[] values = random(37);
        float[] offsets = random(37 * 2);
        float[] used = Arrays.copyOf(offsets, 37);
        double[] expected = new double[37];
        double sum = 0;
        for (int i = 0; i < 37; i++) {
            expected[i] = Math.exp(3.0 * values[i] - used[i]);
            sum += expected[i];
        }
        double cost = -Math.log(expected[4] / sum) - Math.log(expected[36] / sum);
        assertEquals(cost, Softmax.replace(values, 0, used, 3, 4, 36), 1e-5);
        for (int i = 0; i < 37; i++) {
            assertEquals(expected[i] / sum, values[i], 1e-6);
        }
    }
}
