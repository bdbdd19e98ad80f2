package dev.funnel.retrieval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.FloatMatrix;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VectorArithmeticTest {
    private static final long SEED = 3;
    private static final double UNIT_ROUNDOFF = 0x1p-24;
    private static final List<VectorArithmetic> BOTH = List.of(new ScalarArithmetic(), new SimdArithmetic());

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 15, 16, 31, 64, 67, 192, 1000})
    void results_lie_within_the_stated_error(int dimensions) {
        FloatMatrix rows = Vectors.skewed(11, dimensions, SEED);
        float[] query = Vectors.gaussian(dimensions, SEED + 1);
        float[] dots = new float[11];
        float[] distances = new float[11];
        for (VectorArithmetic arithmetic : BOTH) {
            arithmetic.dots(query, rows, 0, 11, dots);
            arithmetic.squaredDistances(query, rows, 0, 11, distances);
            for (int row = 0; row < 11; row++) {
                double bound = (dimensions + 2) * UNIT_ROUNDOFF;
                String where = arithmetic.describe() + ", row " + row + ", seed " + SEED;
                double dot = Vectors.score(query, rows.row(row), Similarity.DOT);
                assertEquals(dot, dots[row], bound * absoluteTerms(query, rows.row(row)), where);
                double distance = -Vectors.score(query, rows.row(row), Similarity.EUCLIDEAN);
                assertEquals(distance, distances[row], (bound + 2 * UNIT_ROUNDOFF) * distance, where);
            }
        }
    }

    private static double absoluteTerms(float[] query, float[] row) {
        double sum = 0;
        for (int i = 0; i < query.length; i++) {
            sum += Math.abs((double) query[i] * row[i]);
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 15, 16, 31, 64, 67, 192, 1000})
    void lanes_give_the_bits_of_the_scalar_twin(int dimensions) {
        FloatMatrix rows = Vectors.skewed(11, dimensions, SEED);
        float[] query = Vectors.gaussian(dimensions, SEED + 1);
        int[] named = {3, 10, 0, 3, 7, 9};
        List<float[]> found = new ArrayList<>();
        for (VectorArithmetic arithmetic : BOTH) {
            float[] floats = new float[34];
            arithmetic.dots(query, rows, 0, 11, floats);
            float[] into = new float[11];
            arithmetic.squaredDistances(query, rows, 0, 11, into);
            System.arraycopy(into, 0, floats, 11, 11);
            arithmetic.dots(query, rows, named, 6, into);
            System.arraycopy(into, 0, floats, 22, 6);
            arithmetic.squaredDistances(query, rows, named, 6, into);
            System.arraycopy(into, 0, floats, 28, 6);
            found.add(floats);
        }
        assertArrayEquals(found.get(0), found.get(1), "seed " + SEED);
        for (int i = 0; i < 6; i++) {
            assertEquals(found.get(0)[named[i]], found.get(0)[22 + i]);
            assertEquals(found.get(0)[11 + named[i]], found.get(0)[28 + i]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 40, 63})
    void rows_added_in_lanes_are_the_bits_of_the_scalar_twin_and_the_sums_they_should_be(int from) {
        float[][] source = new float[VectorArithmetic.ROWS + 1][];
        Arrays.setAll(source, row -> Vectors.gaussian(64, SEED + row));
        float[] factors = Vectors.gaussian(VectorArithmetic.ROWS, SEED + 20);
        float[] start = Vectors.gaussian(64, SEED + 21);
        List<float[]> found = new ArrayList<>();
        for (VectorArithmetic arithmetic : BOTH) {
            float[] into = start.clone();
            arithmetic.addRows(into, from, source, 1, factors);
            found.add(Arrays.copyOfRange(into, from, 64));
        }
        assertArrayEquals(found.get(0), found.get(1), "seed " + SEED);
        for (int c = from; c < 64; c++) {
            double sum = start[c];
            for (int i = 0; i < VectorArithmetic.ROWS; i++) {
                sum += (double) factors[i] * source[1 + i][c];
            }
            assertEquals(sum, found.get(0)[c - from], 1e-5, "seed " + SEED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 64, 72, 512})
    void sums_of_codes_are_exact(int dimensions) {
        Random random = new Random(SEED);
        byte[] codes = new byte[9 * dimensions];
        int[] query = new int[dimensions];
        Arrays.setAll(query, j -> j % 5 == 0 ? 32_767 : random.nextInt(-32_767, 32_768));
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) (i % 3 == 0 ? 127 : random.nextInt(-127, 128));
        }
        int[] named = {8, 0, 5, 5, 1, 2};
        for (VectorArithmetic arithmetic : BOTH) {
            int[] into = new int[6];
            arithmetic.codeDots(query, MemorySegment.ofArray(codes), named, 6, into);
            for (int i = 0; i < 6; i++) {
                int row = named[i];
                int expected = IntStream.range(0, dimensions)
                        .map(j -> query[j] * codes[row * dimensions + j])
                        .sum();
                assertEquals(expected, into[i], arithmetic.describe() + ", seed " + SEED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 64, 1000})
    void sums_of_blocks_are_exact_at_the_extremes(int dimensions) {
        int block = VectorArithmetic.BLOCK;
        Random random = new Random(SEED);
        int[][] items = new int[3 * block][dimensions];
        short[] query = new short[dimensions * block];
        byte[] codes = new byte[3 * block * dimensions];
        for (int j = 0; j < dimensions; j++) {
            Arrays.fill(query, j * block, (j + 1) * block, (short) (j % 2 == 0 ? -127 : random.nextInt(-127, 128)));
            for (int item = 0; item < items.length; item++) {
                items[item][j] = item % 3 == 0 ? -127 : random.nextInt(-127, 128);
                codes[item / block * dimensions * block + j * block + VectorArithmetic.placeInBlock(item % block)] =
                        (byte) items[item][j];
            }
        }
        for (VectorArithmetic arithmetic : BOTH) {
            int[] into = new int[2 * block];
            arithmetic.blockDots(query, MemorySegment.ofArray(codes), 1, 3, into);
            for (int i = 0; i < into.length; i++) {
                int[] item = items[block + i];
                int expected = IntStream.range(0, dimensions)
                        .map(j -> query[j * block] * item[j])
                        .sum();
                assertEquals(expected, into[i], arithmetic.describe() + ", item " + i + ", seed " + SEED);
            }
        }
    }

    @Test
    void one_row_gives_the_same_bits_as_many() {
        FloatMatrix rows = Vectors.skewed(10, 37, SEED);
        float[] query = Vectors.gaussian(37, SEED + 1);
        float[] many = new float[10];
        float[] one = new float[1];
        for (VectorArithmetic arithmetic : BOTH) {
            arithmetic.dots(query, rows, 0, 10, many);
            for (int row = 0; row < 10; row++) {
                arithmetic.dots(query, rows, row, row + 1, one);
                assertEquals(many[row], one[0], arithmetic.describe() + ", row " + row);
            }
        }
    }

    @Test
    void compiled_code_gives_the_same_bits_as_interpreted_code() {
        FloatMatrix rows = Vectors.skewed(64, 37, SEED);
        float[] query = Vectors.gaussian(37, SEED + 1);
        for (VectorArithmetic arithmetic : BOTH) {
            float[] cold = new float[64];
            float[] warm = new float[64];
            arithmetic.dots(query, rows, 0, 64, cold);
            for (int i = 0; i < 3000; i++) {
                arithmetic.dots(query, rows, 0, 64, warm);
            }
            for (int row = 0; row < 64; row++) {
                assertEquals(cold[row], warm[row], arithmetic.describe() + ", row " + row);
            }
        }
    }

    @Test
    void two_vectors_are_as_far_apart_as_a_vector_and_a_row() {
        FloatMatrix rows = Vectors.skewed(1, 37, SEED);
        float[] query = Vectors.gaussian(37, SEED + 1);
        float[] distance = new float[1];
        for (VectorArithmetic arithmetic : BOTH) {
            arithmetic.squaredDistances(query, rows, 0, 1, distance);
            assertEquals(distance[0], arithmetic.squaredDistance(query, rows.row(0)), arithmetic.describe());
        }
    }

    @Test
    void lanes_are_used_where_the_module_is_there() {
        assertTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
        assertInstanceOf(SimdArithmetic.class, VectorArithmetic.fastest());
    }
}
