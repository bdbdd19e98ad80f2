package dev.funnel.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.FloatMatrix;
import java.util.List;
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
