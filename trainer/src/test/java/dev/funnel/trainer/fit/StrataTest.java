package dev.funnel.trainer.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class StrataTest {
    private static final long SEED = 8;
    private static final SparseRows ENTRIES = Interactions.grouped(400, 300, 9, SEED);

    private final Strata strata = new Strata(ENTRIES);
    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void every_entry_is_visited_once() {
        strata.draw(random);
        Set<Long> visited = new HashSet<>();
        for (int stratum = 0; stratum < strata.count(); stratum++) {
            for (int place = 0; place < strata.count(); place++) {
                Strata.Cell cell = strata.cell(stratum, place);
                for (int n = 0; n < cell.size(); n++) {
                    assertTrue(ENTRIES.has(cell.row(n), cell.column(n)));
                    assertTrue(visited.add(cell.row(n) * 1000L + cell.column(n)), "twice, seed " + SEED);
                }
            }
        }
        assertEquals(ENTRIES.entries(), visited.size());
    }

    @Test
    void cells_of_a_stratum_share_no_row_and_no_column_not_even_a_drawn_one() {
        assertTrue(strata.count() > 1);
        strata.draw(random);
        for (int stratum = 0; stratum < strata.count(); stratum++) {
            BitSet rows = new BitSet();
            BitSet columns = new BitSet();
            for (int place = 0; place < strata.count(); place++) {
                Strata.Cell cell = strata.cell(stratum, place);
                BitSet cellRows = new BitSet();
                BitSet cellColumns = new BitSet();
                for (int n = 0; n < cell.size(); n++) {
                    cellRows.set(cell.row(n));
                    cellColumns.set(cell.column(n));
                    cellColumns.set(cell.drawColumn(random));
                }
                assertTrue(!rows.intersects(cellRows) && !columns.intersects(cellColumns), "seed " + SEED);
                rows.or(cellRows);
                columns.or(cellColumns);
            }
        }
    }

    @Test
    void over_the_epochs_a_row_is_given_all_columns_as_negatives() {
        BitSet drawn = new BitSet();
        for (int epoch = 0; epoch < 200; epoch++) {
            strata.draw(random);
            for (int stratum = 0; stratum < strata.count(); stratum++) {
                for (int place = 0; place < strata.count(); place++) {
                    Strata.Cell cell = strata.cell(stratum, place);
                    for (int n = 0; n < cell.size(); n++) {
                        if (cell.row(n) == 7) {
                            drawn.set(cell.drawColumn(random));
                        }
                    }
                }
            }
        }
        assertTrue(drawn.cardinality() > .98 * ENTRIES.columns(), drawn.cardinality() + " drawn, seed " + SEED);
    }

    @Test
    void a_small_matrix_is_one_cell() {
        Strata small = new Strata(SparseRows.of(2, 3, new int[] {0, 1}, new int[] {2, 0}, new float[] {1, 5}));
        small.draw(random);
        assertEquals(1, small.count());
        assertEquals(2, small.cell(0, 0).size());
        assertEquals(6, small.cell(0, 0).weight(0) + small.cell(0, 0).weight(1));
    }
}
