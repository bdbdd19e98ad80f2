package dev.funnel.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.live.Upsert;
import dev.funnel.bundle.testing.SmallBundle;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading many rows of a column at once gives what reading them one by one gives. */
final class ListedRowsTest {
    private static final long SEED = 5;
    private static final int LISTED = 300;
    private static final int FROM = 7;

    @TempDir
    Path root;

    @Test
    void listed_rows_of_a_bundle_are_those_read_one_by_one() throws Exception {
        try (Bundle bundle = Bundle.open(SmallBundle.directory(root, SmallBundle.publish(root)))) {
            assertSame(bundle.items());
        }
    }

    @Test
    void listed_rows_of_live_items_are_those_read_one_by_one() throws Exception {
        try (Bundle bundle = Bundle.open(SmallBundle.directory(root, SmallBundle.publish(root)))) {
            ItemOverlay overlay = new ItemOverlay(bundle.items(), 0, 10);
            overlay.apply(ItemChange.upsert(1, bundle.items().id(3), Upsert.of(Map.of())));
            overlay.apply(ItemChange.upsert(
                    2,
                    "new",
                    Upsert.of(Map.of(
                            "language", new ColumnValue.Text("eo"),
                            "categories", new ColumnValue.Texts(List.of("odd", "newest")),
                            "duration_seconds", new ColumnValue.Number(5)))));
            assertSame(overlay.snapshot());
        }
    }

    private static void assertSame(ItemTable items) {
        Random random = new Random(SEED);
        int[] rows = random.ints(LISTED, -1, items.size()).toArray();
        int compared = 0;
        for (Column column : items.columns().values()) {
            compared += switch (column) {
                case NumberColumn numbers -> numbers(numbers, rows);
                case CategoryColumn codes -> codes(codes, rows);
                case CategoryListColumn lists -> lists(lists, rows);
                case TextColumn _, TimeColumn _ -> 0;
            };
        }
        assertTrue(compared > 2 * LISTED, compared + " values compared");
    }

    private static int numbers(NumberColumn column, int[] rows) {
        float[] read = new float[rows.length - FROM];
        column.read(rows, FROM, rows.length, read);
        for (int i = 0; i < read.length; i++) {
            int row = rows[FROM + i];
            assertEquals(row >= 0 && column.present(row) ? column.value(row) : Float.NaN, read[i], place(row));
        }
        return read.length;
    }

    private static int codes(CategoryColumn column, int[] rows) {
        int[] read = new int[rows.length - FROM];
        column.read(rows, FROM, rows.length, read);
        for (int i = 0; i < read.length; i++) {
            int row = rows[FROM + i];
            assertEquals(row >= 0 ? column.code(row) : CategoryColumn.MISSING, read[i], place(row));
        }
        return read.length;
    }

    private static int lists(CategoryListColumn column, int[] rows) {
        int[] ends = new int[rows.length - FROM];
        int[] read = new int[column.ends(rows, FROM, rows.length, ends)];
        column.read(rows, FROM, rows.length, read);
        int at = 0;
        for (int i = 0; i < ends.length; i++) {
            int row = rows[FROM + i];
            for (int value = 0; row >= 0 && value < column.count(row); value++) {
                assertEquals(column.code(row, value), read[at++], place(row));
            }
            assertEquals(at, ends[i], place(row));
        }
        assertEquals(read.length, at, "seed " + SEED);
        return ends.length;
    }

    private static String place(int row) {
        return "row " + row + ", seed " + SEED;
    }
}
