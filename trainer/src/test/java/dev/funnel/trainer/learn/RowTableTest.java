package dev.funnel.trainer.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RowTableTest {
    private static final long SEED = 33;
    private static final int ROWS = 50;
    private static final int WIDTH = 3;

    private static float[] read(RowTable table, int row) {
        float[] values = new float[WIDTH];
        table.read(row, values, 0);
        return values;
    }

    @Test
    void a_step_moves_the_rows_it_read_and_no_other() {
        RowTable table = new RowTable(ROWS, WIDTH, 0.1, SEED);
        RowTable before = new RowTable(ROWS, WIDTH, 0.1, SEED);
        for (int part = 0; part < RowTable.PARTS; part++) {
            table.collect(part, 7, new float[] {1, 2, 3}, 0);
            table.collect(part, 40, new float[] {9, 1, 1, 1}, 1);
            table.step(part, 0.1f, 0.01f);
        }
        for (int row = 0; row < ROWS; row++) {
            boolean moved = !Arrays.equals(read(before, row), read(table, row));
            assertEquals(row == 7 || row == 40, moved, "row " + row + ", seed " + SEED);
        }
    }

    @Test
    void rows_that_decay_come_nearer_to_zero_and_no_other() {
        RowTable table = new RowTable(ROWS, WIDTH, 0.1, SEED);
        RowTable before = new RowTable(ROWS, WIDTH, 0.1, SEED);
        for (int part = 0; part < RowTable.PARTS; part++) {
            table.decay(part, 7, 0.5f);
            table.step(part, 1e-4f, 0);
        }
        for (int row = 0; row < ROWS; row++) {
            for (int c = 0; c < WIDTH; c++) {
                float step = Math.abs(read(before, row)[c]) - Math.abs(read(table, row)[c]);
                assertEquals(row == 7 ? 1e-4f : 0, step, 1e-6f, "row " + row + ", seed " + SEED);
            }
        }
    }

    @Test
    void an_unknown_row_is_the_zero_vector_and_so_is_one_that_was_never_met() {
        RowTable table = new RowTable(ROWS, WIDTH, 0.1, SEED);
        assertArrayEquals(new float[WIDTH], read(table, RowTable.UNKNOWN));
        assertFalse(Arrays.equals(new float[WIDTH], read(table, 3)), "random rows begin at zero");
        table.forgetUntouched();
        assertArrayEquals(new float[WIDTH], read(table, 3));
    }
}
