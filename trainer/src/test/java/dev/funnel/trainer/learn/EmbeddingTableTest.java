package dev.funnel.trainer.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class EmbeddingTableTest {
    @Test
    void only_rows_that_were_touched_move() {
        EmbeddingTable table = new EmbeddingTable(1_000, 2);
        table.collect(7, new float[] {9, 1, -2}, 1, 1);
        table.step(0.1f);
        assertArrayEquals(new float[] {-0.1f, 0.1f}, table.view().row(7), 1e-6f);
        assertArrayEquals(new float[] {0, 0}, table.view().row(8));
    }

    @Test
    void gradients_of_one_step_add_up() {
        EmbeddingTable together = new EmbeddingTable(3, 1);
        EmbeddingTable apart = new EmbeddingTable(3, 1);
        together.collect(1, new float[] {4}, 0, 0.5f);
        together.collect(1, new float[] {1}, 0, 1);
        apart.collect(1, new float[] {3}, 0, 1);
        together.step(0.1f);
        apart.step(0.1f);
        assertEquals(apart.view().get(1, 0), together.view().get(1, 0));
    }

    @Test
    void a_row_that_decays_has_its_own_numbers_in_its_gradient() {
        EmbeddingTable decayed = new EmbeddingTable(2, 2);
        EmbeddingTable told = new EmbeddingTable(2, 2);
        decayed.restore(new float[] {5, 5, 3, -2});
        told.restore(new float[] {5, 5, 3, -2});
        decayed.collect(1, new float[] {1, 1}, 0, 1);
        decayed.decay(1, 0.5f);
        decayed.decay(1, 0.5f);
        told.collect(1, new float[] {4, -1}, 0, 1);
        assertArrayEquals(told.collected(), decayed.collected(), 1e-6f);
        decayed.step(0.1f);
        assertArrayEquals(new float[] {5, 5, 2.9f, -1.9f}, decayed.copy(), 1e-6f);
    }

    @Test
    void later_steps_are_smaller_as_gradients_pile_up() {
        EmbeddingTable table = new EmbeddingTable(1, 1);
        float first = move(table);
        float second = move(table);
        assertEquals(first / Math.sqrt(2), second, 1e-6);
    }

    private static float move(EmbeddingTable table) {
        float before = table.view().get(0, 0);
        table.collect(0, new float[] {1}, 0, 1);
        table.step(0.1f);
        return before - table.view().get(0, 0);
    }

    @Test
    void many_rows_in_one_step_are_all_moved() {
        EmbeddingTable table = new EmbeddingTable(500, 3);
        for (int row = 0; row < 500; row++) {
            table.collect(row, new float[] {1, 1, 1}, 0, 1);
        }
        table.step(1);
        for (int row = 0; row < 500; row++) {
            assertArrayEquals(new float[] {-1, -1, -1}, table.view().row(row), 1e-6f, "row " + row);
        }
    }

    @Test
    void a_copy_comes_back() {
        EmbeddingTable table = new EmbeddingTable(2, 1);
        float[] before = table.copy();
        move(table);
        table.restore(before);
        assertEquals(0, table.view().get(0, 0));
    }
}
