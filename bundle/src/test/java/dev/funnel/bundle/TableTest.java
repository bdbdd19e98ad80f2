package dev.funnel.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
    private static final String[] IDS = {"b", "a", "c"};

    @TempDir
    Path directory;

    private int files;

    @Test
    void every_kind_of_column_returns_what_was_written() throws Exception {
        ItemTable table = items(writer -> writer.text("title", new String[] {"über", "", "x"})
                .category("language", new String[] {"fr", "", "de"})
                .categoryList("categories", List.of(List.of("z", "a"), List.of(), List.of("a")))
                .number("duration_seconds", new float[] {1.5f, Float.NaN, 0})
                .time("published_at", new long[] {-5, TimeColumn.MISSING, 0}));
        TextColumn title = Objects.requireNonNull(table.text("title"));
        assertEquals("über", title.value(0));
        assertEquals("", title.value(1));
        CategoryColumn language = Objects.requireNonNull(table.category("language"));
        assertEquals(
                List.of("fr", "", "de"),
                List.of(
                        language.value(language.code(0)),
                        language.value(language.code(1)),
                        language.value(language.code(2))));
        assertEquals(2, language.cardinality());
        assertEquals(CategoryColumn.MISSING, language.codeOf("it"));
        assertEquals(language.code(0), language.codeOf("fr"));
        CategoryListColumn categories = Objects.requireNonNull(table.categoryList("categories"));
        assertEquals(2, categories.count(0));
        assertEquals("z", categories.value(categories.code(0, 0)));
        assertEquals("a", categories.value(categories.code(0, 1)));
        assertEquals(0, categories.count(1));
        assertTrue(categories.contains(2, categories.codeOf("a")));
        assertFalse(categories.contains(2, categories.codeOf("z")));
        NumberColumn duration = Objects.requireNonNull(table.number("duration_seconds"));
        assertEquals(1.5f, duration.value(0));
        TimeColumn published = Objects.requireNonNull(table.time("published_at"));
        assertEquals(-5, published.millis(0));
        for (Column column : table.columns().values()) {
            assertTrue(column.present(0), () -> "row 0 of " + column.kind());
            assertFalse(column.present(1), () -> "row 1 of " + column.kind());
            assertTrue(column.present(2), () -> "row 2 of " + column.kind());
            assertEquals(3, column.size());
        }
    }

    @Test
    void a_column_of_another_kind_or_none_is_null() throws Exception {
        ItemTable table = items(writer -> writer.number("score", new float[3]));
        assertNull(table.text("score"));
        assertNull(table.column("other"));
        assertEquals(
                ColumnKind.NUMBER, Objects.requireNonNull(table.column("score")).kind());
    }

    @Test
    void codes_given_with_a_dictionary_in_any_order_mean_the_same_values() throws Exception {
        ItemTable table = items(writer -> writer.category("a", new int[] {2, -1, 0}, new String[] {"z", "unused", "é"})
                .categoryList("b", new long[] {0, 1, 1, 3}, new int[] {1, 0, 2}, new String[] {"x", "", "x"}));
        CategoryColumn a = Objects.requireNonNull(table.category("a"));
        assertEquals("é", a.value(a.code(0)));
        assertEquals(CategoryColumn.MISSING, a.code(1));
        assertEquals("z", a.value(a.code(2)));
        CategoryListColumn b = Objects.requireNonNull(table.categoryList("b"));
        assertEquals(1, b.cardinality());
        assertEquals(0, b.count(0));
        assertEquals(2, b.count(2));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void every_id_is_found_and_no_other(long seed) throws Exception {
        Random random = new Random(seed);
        Set<String> ids = new HashSet<>();
        while (ids.size() < 2_000) {
            ids.add(randomId(random));
        }
        String[] rows = ids.toArray(String[]::new);
        Map<String, Integer> expected = new HashMap<>();
        for (int row = 0; row < rows.length; row++) {
            expected.put(rows[row], row);
        }
        Path path = path();
        new TableWriter(path, rows).write();
        try (TensorFile file = TensorFile.open(path)) {
            assertFindsAll(ItemTable.load(file), rows, expected, seed);
            assertFindsAll(UserTable.load(file, 0), rows, expected, seed);
        }
    }

    private static void assertFindsAll(Table table, String[] rows, Map<String, Integer> expected, long seed) {
        Random random = new Random(~seed);
        for (int row = 0; row < rows.length; row++) {
            assertEquals(rows[row], table.id(row), "seed " + seed);
            assertEquals(row, table.indexOf(rows[row]), "seed " + seed);
            String other = randomId(random);
            assertEquals(expected.getOrDefault(other, -1), table.indexOf(other), () -> "seed " + seed + " " + other);
        }
        assertEquals(-1, table.indexOf(""));
    }

    /** Short texts over few letters of one to four bytes, so that prefixes and near misses are frequent. */
    private static String randomId(Random random) {
        String[] letters = {"a", "b", "-", "é", "\uffff", "😀"};
        StringBuilder id = new StringBuilder();
        for (int length = 1 + random.nextInt(6); length > 0; length--) {
            id.append(letters[random.nextInt(letters.length)]);
        }
        return id.toString();
    }

    @Test
    void histories_belong_to_their_users() throws Exception {
        History first = new History(
                new int[] {2, 0}, new long[] {9, 0}, new byte[] {1, 5}, new long[] {100, -1}, new float[] {1, -0.5f});
        Path path = path();
        new TableWriter(path, IDS)
                .histories(List.of(first, History.EMPTY, first))
                .write();
        try (TensorFile file = TensorFile.open(path)) {
            UserTable users = UserTable.load(file, 3);
            assertArrayEquals(first.items(), users.history(0).items());
            assertArrayEquals(first.timesMs(), users.history(0).timesMs());
            assertArrayEquals(first.kinds(), users.history(2).kinds());
            assertArrayEquals(first.watchedMs(), users.history(2).watchedMs());
            assertArrayEquals(first.weights(), users.history(2).weights());
            assertEquals(0, users.history(1).size());
            assertEquals(4, users.interactions());
            assertEquals(2, users.historySize(2));
            BundleRefusedException refused = assertThrows(BundleRefusedException.class, () -> UserTable.load(file, 2));
            assertTrue(refused.reason().contains("'history.items' holds 2 at 0, allowed are 0 to 1"), refused::reason);
        }
    }

    @Test
    void a_table_without_histories_has_empty_ones() throws Exception {
        Path path = path();
        new TableWriter(path, IDS).write();
        try (TensorFile file = TensorFile.open(path)) {
            assertEquals(0, UserTable.load(file, 0).history(2).size());
        }
    }

    @Test
    void a_table_may_be_empty() throws Exception {
        Path path = path();
        new TableWriter(path, new String[0]).category("language", new String[0]).write();
        try (TensorFile file = TensorFile.open(path)) {
            ItemTable table = ItemTable.load(file);
            assertEquals(0, table.size());
            assertEquals(-1, table.indexOf("a"));
        }
    }

    @Test
    void what_a_writer_is_given_wrong_is_refused_at_once() {
        TableWriter writer = new TableWriter(path(), IDS);
        assertThrows(IllegalArgumentException.class, () -> writer.number("x", new float[2]));
        assertThrows(
                IllegalArgumentException.class, () -> writer.number("x", new float[] {1, 2, Float.NEGATIVE_INFINITY}));
        assertThrows(IllegalArgumentException.class, () -> writer.number("id", new float[3]));
        assertThrows(IllegalArgumentException.class, () -> writer.number("Upper", new float[3]));
        assertThrows(IllegalArgumentException.class, () -> new TableWriter(path(), new String[] {"a", "b", "a"}));
        assertThrows(IllegalArgumentException.class, () -> new TableWriter(path(), new String[] {""}));
        assertThrows(IllegalArgumentException.class, () -> new TableWriter(path(), new String[] {"é".repeat(65)}));
    }

    @Test
    void a_table_that_contradicts_itself_is_refused_naming_the_tensor() throws Exception {
        refused(
                "'id.order' does not put the ids in strictly ascending order at 1",
                raw().add("id.order", new int[] {0, 1}));
        refused(
                "'id.order' does not put the ids in strictly ascending order at 1",
                raw().add("id.order", new int[] {1, 1}));
        refused("'id.order' holds 2 at 1", raw().add("id.order", new int[] {1, 2}));
        refused("'id.order' has 1 values for 2 ids", raw().add("id.order", new int[] {1}));
        refused("'id.order' is missing", raw());
        refused("cannot name a column", ordered().metadata("column.../x", "number"));
        refused("of the unknown kind 'vector'", ordered().metadata("column.x", "vector"));
        refused("column title is number, it has to be text", ordered().metadata("column.title", "number"));
        refused("'x.values' is missing", number().add("x.present", new byte[2]));
        refused(
                "'x.present' holds 2 at 1",
                number().add("x.present", new byte[] {1, 2}).add("x.values", new float[2]));
        refused(
                "is 3 x 1, 2 x 1 is needed",
                number().add("x.present", new byte[2]).add("x.values", new float[3]));
        refused("'x.codes' holds 2 at 1, allowed are -1 to 1", category("ab").add("x.codes", new int[] {0, 2}));
        refused("'x.codes' has 3 values, 2 are needed", category("ab").add("x.codes", new int[3]));
        refused(
                "not in strictly ascending order of UTF-8 bytes at value 1",
                category("ba").add("x.codes", new int[2]));
        refused(
                "not in strictly ascending order of UTF-8 bytes at value 1",
                category("aa").add("x.codes", new int[2]));
    }

    @Test
    void an_id_that_is_too_long_empty_or_not_utf8_is_refused() throws Exception {
        refused("gives row 0 an id of 0 bytes", ids(new byte[] {'a'}, 0, 0, 1));
        refused("gives row 1 an id of 129 bytes", ids(new byte[130], 0, 1, 130));
        refused("is not UTF-8 in string 1", ids(new byte[] {'a', (byte) 0xff}, 0, 1, 2));
        refused("is not UTF-8 in string 0", ids("é".getBytes(StandardCharsets.UTF_8), 0, 1, 2));
    }

    private TensorFileWriter ids(byte[] bytes, long... offsets) {
        return new TensorFileWriter(path())
                .add("id.bytes", bytes)
                .add("id.offsets", offsets)
                .add("id.order", new int[] {0, 1});
    }

    /** The ids b and a, without their order. */
    private TensorFileWriter raw() {
        return new TensorFileWriter(path())
                .add("id.bytes", new byte[] {'b', 'a'})
                .add("id.offsets", new long[] {0, 1, 2});
    }

    private TensorFileWriter ordered() {
        return raw().add("id.order", new int[] {1, 0});
    }

    private TensorFileWriter number() {
        return ordered().metadata("column.x", "number");
    }

    /** A category column of two values of one letter each. */
    private TensorFileWriter category(String values) {
        return ordered()
                .metadata("column.x", "category")
                .add("x.values.bytes", values.getBytes(StandardCharsets.US_ASCII))
                .add("x.values.offsets", new long[] {0, 1, 2});
    }

    private Path path() {
        return directory.resolve("table" + files);
    }

    private void refused(String reason, TensorFileWriter writer) throws Exception {
        writer.write();
        Path path = path();
        files++;
        try (TensorFile file = TensorFile.open(path)) {
            BundleRefusedException refused = assertThrows(BundleRefusedException.class, () -> ItemTable.load(file));
            assertEquals(path.getFileName().toString(), refused.file());
            assertTrue(refused.reason().contains(reason), refused::getMessage);
        }
    }

    private ItemTable items(Consumer<TableWriter> columns) throws IOException, BundleRefusedException {
        Path path = path();
        TableWriter writer = new TableWriter(path, IDS);
        columns.accept(writer);
        writer.write();
        ItemTable table = ItemTable.load(TensorFile.open(path, Arena.ofAuto()));
        assertArrayEquals(
                IDS, Arrays.stream(new int[] {0, 1, 2}).mapToObj(table::id).toArray());
        return table;
    }
}
