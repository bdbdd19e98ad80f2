package dev.funnel.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.live.Upsert;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemOverlayTest {
    private static final int STORED = 1_500;
    private static final int IDS = 2_000;
    private static final int CHANGES = 6_000;
    private static final List<ItemPredicate> PREDICATES = List.of(
            new ItemPredicate.Equal("uploader", new Operand.Text("u3")),
            new ItemPredicate.Equal("uploader", new Operand.Text("live u1")),
            new ItemPredicate.In("categories", List.of(new Operand.Text("c1"), new Operand.Text("live c2"))),
            new ItemPredicate.Not(new ItemPredicate.Present("duration_seconds")),
            new ItemPredicate.Range("duration_seconds", new Operand.Number(100), new Operand.Number(500)),
            new ItemPredicate.Equal("title", new Operand.Text("title 7")),
            new ItemPredicate.Any(List.of(
                    new ItemPredicate.Not(new ItemPredicate.Present("expires_at")),
                    new ItemPredicate.Range("expires_at", QueryField.TIME, null))));

    @TempDir
    Path directory;

    private int files;

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void random_changes_leave_the_table_that_the_changed_items_would_make(long seed) throws Exception {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Map<String, Map<String, ColumnValue>> model = new TreeMap<>();
        for (int i = 0; i < STORED; i++) {
            model.put("v" + i, values(random, 1));
        }
        ItemTable stored = table(model);
        ItemOverlay overlay = new ItemOverlay(stored, 5, 3_000);
        List<ItemTable> earlier = new ArrayList<>();
        List<Map<String, Map<String, ColumnValue>>> then = new ArrayList<>();
        Map<String, Integer> indexes = new HashMap<>();
        for (int i = 0; i < CHANGES; i++) {
            ItemChange change = change(random, 6L + i);
            int item = overlay.apply(change);
            apply(model, change);
            Integer before = item < 0 ? null : indexes.put(change.item().value(), item);
            assertTrue(before == null || before == item, "an item keeps its index");
            if (i % (CHANGES / 3) == CHANGES / 3 - 1) {
                earlier.add(overlay.snapshot());
                then.add(new TreeMap<>(model));
            }
        }
        for (int i = 0; i < earlier.size(); i++) {
            assertAlike(earlier.get(i), table(then.get(i)));
        }
        assertEquals(5 + CHANGES, overlay.position());
    }

    @Test
    void a_table_without_changes_is_the_bundles_own() throws Exception {
        ItemTable stored = table(Map.of("v1", Map.of()));
        ItemOverlay overlay = new ItemOverlay(stored, 0, 10);
        assertSame(stored, overlay.snapshot());
        assertEquals(ItemOverlay.NOTHING, overlay.apply(ItemChange.remove(1, "nobody")));
        assertSame(stored, overlay.snapshot());
        assertSame(ItemTest.ALL, stored.standing());
    }

    @Test
    void what_is_not_given_stays_and_an_item_that_was_removed_comes_back_new() throws Exception {
        ColumnValue title = new ColumnValue.Text("one");
        ItemTable stored = table(Map.of("v1", Map.of("title", title, "uploader", new ColumnValue.Text("u1"))));
        ItemOverlay overlay = new ItemOverlay(stored, 0, 10);
        int item = overlay.apply(upsert(1, "v1", Map.of("expires_at", new ColumnValue.Time(7))));
        ItemTable changed = overlay.snapshot();
        assertEquals("one", Objects.requireNonNull(changed.text("title")).value(item));
        assertEquals(7, Objects.requireNonNull(changed.time("expires_at")).millis(item));
        assertEquals(1, changed.storedSize());

        overlay.apply(ItemChange.remove(2, "v1"));
        ItemTable removed = overlay.snapshot();
        assertEquals(-1, removed.indexOf("v1"));
        assertTrue(removed.removed(item));
        assertFalse(removed.standing().test(item));
        assertEquals("one", Objects.requireNonNull(removed.text("title")).value(item));

        assertEquals(item, overlay.apply(upsert(3, "v1", Map.of("uploader", new ColumnValue.Text("u2")))));
        ItemTable back = overlay.snapshot();
        assertEquals("", Objects.requireNonNull(back.text("title")).value(item));
        assertEquals(
                "u2",
                Objects.requireNonNull(back.category("uploader"))
                        .value(Objects.requireNonNull(back.category("uploader")).code(item)));
        assertFalse(back.time("expires_at") == null || back.time("expires_at").present(item));
    }

    @Test
    void columns_that_do_not_exist_and_values_that_do_not_suit_are_passed_over() throws Exception {
        ItemOverlay overlay = new ItemOverlay(table(Map.of("v1", Map.of())), 0, 10);
        int item = overlay.apply(
                upsert(1, "v2", Map.of("nowhere", new ColumnValue.Number(1), "uploader", new ColumnValue.Number(3))));
        ItemTable live = overlay.snapshot();
        assertEquals(1, item);
        assertEquals(null, live.column("nowhere"));
        assertFalse(Objects.requireNonNull(live.category("uploader")).present(item));
    }

    @Test
    void more_items_than_the_bound_are_refused_and_known_ones_are_not() throws Exception {
        ItemOverlay overlay = new ItemOverlay(table(Map.of("v1", Map.of(), "v2", Map.of())), 0, 2);
        overlay.apply(ItemChange.remove(1, "v1"));
        overlay.apply(upsert(2, "n1", Map.of()));
        assertFalse(overlay.hasRoom(upsert(3, "n2", Map.of())));
        assertFalse(overlay.hasRoom(ItemChange.remove(3, "v2")));
        assertTrue(overlay.hasRoom(ItemChange.remove(3, "nobody")));
        assertThrows(IllegalStateException.class, () -> overlay.apply(upsert(3, "n2", Map.of())));
        overlay.apply(upsert(3, "v1", Map.of()));
        overlay.apply(ItemChange.remove(4, "n1"));
        assertThrows(IllegalArgumentException.class, () -> overlay.apply(ItemChange.remove(4, "v1")));
    }

    private static void assertAlike(ItemTable live, ItemTable rebuilt) {
        int standing = 0;
        for (int item = 0; item < live.size(); item++) {
            standing += live.standing().test(item) ? 1 : 0;
        }
        assertEquals(rebuilt.size(), standing);
        for (int row = 0; row < rebuilt.size(); row++) {
            int item = live.indexOf(rebuilt.id(row));
            assertTrue(item >= 0, rebuilt.id(row));
            assertEquals(rebuilt.id(row), live.id(item));
            assertEquals(row(rebuilt, row), row(live, item), rebuilt.id(row));
        }
        PredicateContext context = new PredicateContext("", "", 500, "", "");
        for (ItemPredicate predicate : PREDICATES) {
            assertEquals(passing(rebuilt, predicate, context), passing(live, predicate, context), predicate.toString());
        }
    }

    private static TreeSet<String> passing(ItemTable table, ItemPredicate predicate, PredicateContext context) {
        ItemTest test = predicate.compile(table, context).and(table.standing());
        TreeSet<String> ids = new TreeSet<>();
        for (int item = 0; item < table.size(); item++) {
            if (test.test(item)) {
                ids.add(table.id(item));
            }
        }
        return ids;
    }

    private static Map<String, Object> row(ItemTable table, int row) {
        Map<String, Object> values = new TreeMap<>();
        table.columns().forEach((name, column) -> {
            if (column.present(row)) {
                values.put(
                        name,
                        switch (column) {
                            case TextColumn text -> text.value(row);
                            case CategoryColumn category -> category.value(category.code(row));
                            case CategoryListColumn list -> {
                                List<String> texts = new ArrayList<>();
                                for (int i = 0; i < list.count(row); i++) {
                                    texts.add(list.value(list.code(row, i)));
                                }
                                yield texts;
                            }
                            case NumberColumn number -> number.value(row);
                            case TimeColumn time -> time.millis(row);
                        });
            }
        });
        return values;
    }

    private static ItemChange change(Random random, long position) {
        String id = "v" + random.nextInt(IDS);
        return random.nextInt(5) == 0
                ? ItemChange.remove(position, id)
                : upsert(position, id, values(random, random.nextFloat()));
    }

    private static ItemChange upsert(long position, String id, Map<String, ColumnValue> values) {
        return ItemChange.upsert(position, id, Upsert.of(values));
    }

    private static void apply(Map<String, Map<String, ColumnValue>> model, ItemChange change) {
        String id = change.item().value();
        switch (change.change()) {
            case Upsert upsert -> {
                Map<String, ColumnValue> values = new HashMap<>(model.getOrDefault(id, Map.of()));
                values.putAll(upsert.values());
                model.put(id, values);
            }
            case ItemChange.Remove _ -> model.remove(id);
        }
    }

    /** Values of some columns, each with that probability; some of words that only live items use. */
    private static Map<String, ColumnValue> values(Random random, double share) {
        String prefix = random.nextInt(3) == 0 ? "live " : "";
        Map<String, ColumnValue> all = Map.of(
                "title", new ColumnValue.Text(random.nextInt(9) == 0 ? "" : "title " + random.nextInt(50)),
                "uploader", new ColumnValue.Text(prefix + "u" + random.nextInt(9)),
                "categories", new ColumnValue.Texts(List.of(prefix + "c" + random.nextInt(5), "c" + random.nextInt(5))),
                "duration_seconds", new ColumnValue.Number(random.nextInt(1_000) / 2.0),
                "expires_at", new ColumnValue.Time(random.nextInt(1_000)));
        Map<String, ColumnValue> chosen = new HashMap<>();
        all.forEach((name, value) -> {
            if (random.nextDouble() < share) {
                chosen.put(name, value);
            }
        });
        return chosen;
    }

    /** The table of these items, as the trainer would write it; {@code expires_at} only where an item has it. */
    private ItemTable table(Map<String, Map<String, ColumnValue>> items) throws Exception {
        Path path = directory.resolve("items-" + files++ + ".safetensors");
        String[] ids = new TreeSet<>(items.keySet()).toArray(String[]::new);
        write(path, ids, items);
        return ItemTable.load(TensorFile.open(path, Arena.ofAuto()));
    }

    private static void write(Path path, String[] ids, Map<String, Map<String, ColumnValue>> items) throws IOException {
        String[] titles = new String[ids.length];
        String[] uploaders = new String[ids.length];
        List<List<String>> categories = new ArrayList<>();
        float[] durations = new float[ids.length];
        long[] expires = new long[ids.length];
        for (int row = 0; row < ids.length; row++) {
            Map<String, ColumnValue> values = Objects.requireNonNull(items.get(ids[row]));
            titles[row] = values.get("title") instanceof ColumnValue.Text(String text) ? text : "";
            uploaders[row] = values.get("uploader") instanceof ColumnValue.Text(String text) ? text : "";
            categories.add(
                    values.get("categories") instanceof ColumnValue.Texts(List<String> texts) ? texts : List.of());
            durations[row] = values.get("duration_seconds") instanceof ColumnValue.Number(double number)
                    ? (float) number
                    : Float.NaN;
            expires[row] =
                    values.get("expires_at") instanceof ColumnValue.Time(long millis) ? millis : TimeColumn.MISSING;
        }
        TableWriter writer = new TableWriter(path, ids)
                .text("title", titles)
                .category("uploader", uploaders)
                .categoryList("categories", categories)
                .number("duration_seconds", durations);
        if (items.values().stream().anyMatch(values -> values.containsKey("expires_at"))) {
            writer.time("expires_at", expires);
        }
        writer.write();
    }
}
