package dev.funnel.trainer.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class SparseRowsTest {
    private static final long SEED = 8;

    private static float[][] dense(SparseRows matrix) {
        float[][] dense = new float[matrix.rows()][matrix.columns()];
        for (int row = 0; row < matrix.rows(); row++) {
            for (int entry = matrix.start(row); entry < matrix.end(row); entry++) {
                dense[row][matrix.column(entry)] += matrix.value(entry);
            }
        }
        return dense;
    }

    @Test
    void entries_in_any_order_fill_the_matrix_and_equal_ones_add_up() {
        Random random = new Random(SEED);
        float[][] expected = new float[20][30];
        int[] rows = new int[500];
        int[] columns = new int[500];
        float[] values = new float[500];
        for (int e = 0; e < 500; e++) {
            rows[e] = random.nextInt(20);
            columns[e] = random.nextInt(30);
            values[e] = 1 + random.nextInt(4);
            expected[rows[e]][columns[e]] += values[e];
        }
        SparseRows matrix = SparseRows.of(20, 30, rows, columns, values);
        assertArrayEquals(expected, dense(matrix), "seed " + SEED);
        for (int row = 0; row < 20; row++) {
            for (int entry = matrix.start(row) + 1; entry < matrix.end(row); entry++) {
                assertTrue(matrix.column(entry) > matrix.column(entry - 1), "row " + row + ", seed " + SEED);
            }
        }
        float[][] transposed = dense(matrix.transpose());
        for (int row = 0; row < 20; row++) {
            for (int column = 0; column < 30; column++) {
                assertEquals(expected[row][column], transposed[column][row]);
                assertEquals(expected[row][column] > 0, matrix.has(row, column));
            }
        }
    }

    @Test
    void rows_and_columns_without_entries_are_there() {
        SparseRows matrix = SparseRows.of(3, 4, new int[] {1}, new int[] {2}, new float[] {5});
        assertEquals(0, matrix.count(0));
        assertEquals(1, matrix.count(1));
        assertEquals(0, matrix.count(2));
        assertEquals(4, matrix.transpose().rows());
        assertFalse(matrix.has(2, 3));
    }

    @Test
    void thinning_keeps_short_rows_and_spreads_over_long_ones() {
        int[] rows = new int[13];
        int[] columns = new int[13];
        float[] ones = new float[13];
        for (int e = 0; e < 13; e++) {
            rows[e] = e < 10 ? 0 : 1;
            columns[e] = e < 10 ? e : e - 10;
            ones[e] = 1;
        }
        SparseRows thin = SparseRows.of(2, 10, rows, columns, ones).thinned(5);
        assertArrayEquals(new int[] {1, 3, 5, 7, 9}, thin.columnsOf(0));
        assertArrayEquals(new int[] {0, 1, 2}, thin.columnsOf(1));
    }

    @Test
    void an_entry_out_of_range_is_refused_by_its_number() {
        refused("entry 1 is at row 3, column 0, must be within 3 x 4", new int[] {0, 3}, new int[] {0, 0}, 1, 1);
        refused("entry 0 is at row 0, column -1", new int[] {0}, new int[] {-1}, 1);
        refused("weight of entry 0 is 0.0, must be above 0", new int[] {0}, new int[] {0}, 0);
        refused("weight of entry 0 is NaN", new int[] {0}, new int[] {0}, Float.NaN);
    }

    private static void refused(String message, int[] rows, int[] columns, float... values) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> SparseRows.of(3, 4, rows, columns, values));
        assertTrue(String.valueOf(refusal.getMessage()).contains(message), refusal.getMessage());
    }
}
