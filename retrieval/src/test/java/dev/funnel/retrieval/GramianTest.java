package dev.funnel.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.funnel.bundle.FloatMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GramianTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 257, 20_000})
    void it_is_the_sum_of_products_of_columns(int rows) {
        FloatMatrix matrix = FloatMatrix.of(Vectors.gaussian(rows * 3, 1), rows, 3);
        float[] gramian = Gramian.of(matrix);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double expected = 0;
                for (int row = 0; row < rows; row++) {
                    expected += (double) matrix.get(row, i) * matrix.get(row, j);
                }
                assertEquals(expected, gramian[3 * i + j], 1e-6 * Math.max(1, rows), i + ", " + j);
            }
        }
    }
}
