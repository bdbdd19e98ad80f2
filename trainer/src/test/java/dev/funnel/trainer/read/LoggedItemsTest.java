package dev.funnel.trainer.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.ItemId;
import dev.funnel.bundle.TimeColumn;
import dev.funnel.bundle.live.ColumnValue;
import dev.funnel.bundle.live.ItemChange;
import dev.funnel.bundle.live.Upsert;
import dev.funnel.bundle.log.ItemLogFolder;
import dev.funnel.bundle.log.NewEntry;
import dev.funnel.trainer.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggedItemsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String ITEMS = """
            item_id,title,categories,uploader,duration_seconds,resolution
            a,Alpha,x|y,u1,10,480
            b,Beta,y|z,u2,20,720
            c,Gamma,z|x,u1,30,1080
            """;

    @TempDir
    Path folder;

    @Test
    void the_next_bundles_items_are_the_files_with_what_the_log_added_changed_and_removed() throws Exception {
        append(
                upsert(
                        "new",
                        Map.of("title", text("New"), "maturity", new ColumnValue.Number(16), "uploader", text("u3"))),
                upsert("b", Map.of("title", text("Beta 2"), "resolution", new ColumnValue.Number(2160))),
                remove("c"),
                upsert("gone", Map.of("title", text("Gone"))),
                remove("gone"));
        TrainingLog log = read("u,a\nu,new\nu,c\nu,gone\n");
        assertArrayEquals(new String[] {"a", "b", "new"}, log.items().ids());
        assertArrayEquals(new String[] {"Alpha", "Beta 2", "New"}, texts(log, "title"));
        assertArrayEquals(
                new float[] {10, 20, Float.NaN},
                column(log, "duration_seconds", InputColumn.Numbers.class).values());
        assertArrayEquals(
                new float[] {480, 2160, Float.NaN},
                column(log, "resolution", InputColumn.Numbers.class).values());
        assertArrayEquals(
                new float[] {Float.NaN, Float.NaN, 16},
                column(log, "maturity", InputColumn.Numbers.class).values(),
                "a standard column that only the log gives");
        assertEquals(
                List.of(List.of("x", "y"), List.of("y", "z"), List.of()),
                column(log, "categories", InputColumn.CategoryLists.class).values());
        assertEquals(5, log.itemLogPosition());
        assertArrayEquals(
                new int[] {0, 2}, log.interactions().items(), "what happened with removed items is set aside");
        FileReport interactions = log.report().files().stream()
                .filter(file -> file.file().endsWith("interactions.csv"))
                .findFirst()
                .orElseThrow();
        assertEquals(0, interactions.badRows());
        assertEquals(List.of(new FileReport.SetAside(KnownIds.OF_REMOVED_ITEMS, 2)), interactions.setAside());
    }

    @Test
    void an_item_that_comes_back_after_its_removal_is_a_new_one() throws Exception {
        append(remove("b"), upsert("b", Map.of("title", text("Beta again"))));
        TrainingLog log = read("u,b\n");
        assertArrayEquals(new String[] {"a", "c", "b"}, log.items().ids());
        assertEquals("Beta again", texts(log, "title")[2]);
        assertTrue(
                Float.isNaN(column(log, "duration_seconds", InputColumn.Numbers.class)
                        .values()[2]),
                "not the old");
        assertArrayEquals(new int[] {2}, log.interactions().items());
    }

    @Test
    void values_that_the_files_columns_cannot_take_are_set_aside_and_counted() throws Exception {
        append(upsert(
                "a",
                Map.of("resolution", text("high"), "mood", text("calm"), "published_at", new ColumnValue.Time(5))));
        TrainingLog log = read("u,a\n");
        assertEquals(480, column(log, "resolution", InputColumn.Numbers.class).values()[0]);
        assertArrayEquals(
                new long[] {5, TimeColumn.MISSING, TimeColumn.MISSING},
                column(log, "published_at", InputColumn.Times.class).values());
        FileReport report = log.report().files().get(1);
        assertEquals(1, report.rows());
        assertEquals(
                List.of(
                        new FileReport.SetAside("values of columns that the file of items does not have", 1),
                        new FileReport.SetAside("values of another kind than the column of the file", 1)),
                report.setAside());
    }

    @Test
    void a_damaged_log_is_refused_with_file_and_offset() throws Exception {
        append(remove("a"));
        append(remove("b"));
        Path file = folder.resolve("log/00000000000000000001.items");
        byte[] bytes = Files.readAllBytes(file);
        bytes[40] ^= 1;
        Files.write(file, bytes);
        InputRefusedException refused = assertThrows(InputRefusedException.class, () -> read("u,a\n"));
        assertTrue(refused.toString().contains("damaged at offset 32"), refused.toString());
    }

    private TrainingLog read(String interactions) throws IOException {
        return LogReader.read(
                new TrainingInput(
                        Files.writeString(folder.resolve("items.csv"), ITEMS),
                        null,
                        Files.writeString(folder.resolve("interactions.csv"), "user_id,item_id\n" + interactions),
                        null,
                        folder.resolve("log")),
                ReadSettings.DEFAULT,
                Progress.SILENT);
    }

    private void append(NewEntry... entries) throws IOException {
        try (ItemLogFolder log = ItemLogFolder.open(folder.resolve("log"), 1 << 20)) {
            log.append(Arrays.asList(entries), NOW);
        }
    }

    private static NewEntry upsert(String id, Map<String, ColumnValue> values) {
        return new NewEntry(new ItemId(id), Upsert.of(values));
    }

    private static NewEntry remove(String id) {
        return new NewEntry(new ItemId(id), new ItemChange.Remove());
    }

    private static ColumnValue text(String text) {
        return new ColumnValue.Text(text);
    }

    private static String[] texts(TrainingLog log, String name) {
        return switch (log.items().columns().get(name)) {
            case InputColumn.Texts texts -> texts.values();
            case InputColumn.Categories categories -> categories.values();
            case null, default -> throw new AssertionError(name);
        };
    }

    private static <T extends InputColumn> T column(TrainingLog log, String name, Class<T> kind) {
        return kind.cast(Objects.requireNonNull(log.items().columns().get(name), name));
    }
}
