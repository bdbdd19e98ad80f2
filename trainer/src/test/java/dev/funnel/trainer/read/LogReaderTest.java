package dev.funnel.trainer.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.TimeColumn;
import dev.funnel.trainer.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {

    private static final String ITEMS = "item_id,title,categories,duration_seconds,published_at\n"
            + "a,First,x|y,60,2026-01-01T00:00:00Z\nb,\"Second, with comma\",y,,\nc,Third,,1.5,2026-01-02\n";
    private static final String USERS = "user_id,country,age\nu1,DE,30\nu2,,\n";
    private static final String INTERACTIONS = "user_id,item_id,at,kind,watch_seconds,weight\n"
            + "u1,a,2026-02-01T00:00:00Z,watch,12.5,\nu2,b,2026-02-01 01:00:00,LIKE,,2\nu1,c,1769907600,,,\n";

    @TempDir
    Path temp;

    @Test
    void csv_becomes_columns() throws IOException {
        TrainingLog log = read(ITEMS, USERS, INTERACTIONS, null);
        assertArrayEquals(new String[] {"a", "b", "c"}, log.items().ids());
        assertArrayEquals(
                new String[] {"First", "Second, with comma", "Third"},
                column(log, "title", InputColumn.Texts.class).values());
        assertEquals(
                List.of(List.of("x", "y"), List.of("y"), List.of()),
                column(log, "categories", InputColumn.CategoryLists.class).values());
        assertArrayEquals(
                new float[] {60, Float.NaN, 1.5f},
                column(log, "duration_seconds", InputColumn.Numbers.class).values());
        assertArrayEquals(
                new long[] {ms("2026-01-01T00:00:00Z"), TimeColumn.MISSING, ms("2026-01-02T00:00:00Z")},
                column(log, "published_at", InputColumn.Times.class).values());
        InteractionLog interactions = log.interactions();
        assertArrayEquals(new int[] {0, 1, 0}, interactions.users());
        assertArrayEquals(new int[] {0, 1, 2}, interactions.items());
        assertArrayEquals(new byte[] {1, 4, 1}, interactions.kinds());
        assertArrayEquals(new float[] {12.5f, Float.NaN, Float.NaN}, interactions.watchSeconds());
        assertArrayEquals(new float[] {1, 2, 1}, interactions.weights());
        assertArrayEquals(
                new long[] {ms("2026-02-01T00:00:00Z"), ms("2026-02-01T01:00:00Z"), 1_769_907_600_000L},
                interactions.timesMs());
        assertNull(log.impressions());
        assertEquals(0, log.report().badRows());
    }

    @Test
    void json_lines_compressed_or_not_give_what_csv_gives() throws IOException {
        String items = """
                {"item_id": "a", "title": "First", "categories": ["x", "y"], "duration_seconds": 60}

                {"item_id": "b", "categories": null, "resolution": 480}
                """;
        String interactions = """
                {"user_id": "u1", "item_id": "b", "at": "2026-02-01T02:00:00+02:00", "watch_seconds": 3}
                """;
        Path compressed = write("items.jsonl.gz", "");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
            out.write(items.getBytes(StandardCharsets.UTF_8));
        }
        for (Path file : List.of(write("items.jsonl", items), compressed)) {
            TrainingLog log = read(new TrainingInput(file, null, write("i.ndjson", interactions), null));
            assertArrayEquals(new String[] {"a", "b"}, log.items().ids());
            assertEquals(
                    List.of(List.of("x", "y"), List.of()),
                    column(log, "categories", InputColumn.CategoryLists.class).values());
            assertArrayEquals(
                    new float[] {Float.NaN, 480},
                    column(log, "resolution", InputColumn.Numbers.class).values());
            assertEquals(ms("2026-02-01T00:00:00Z"), log.interactions().timesMs()[0]);
        }
    }

    @Test
    void parquet_is_read_in_its_own_types() throws Exception {
        Path items = temp.resolve("items.parquet");
        try (var duckdb = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duckdb.createStatement()) {
            statement.execute(
                    "COPY (SELECT 'a' AS item_id, ['x', 'y'] AS categories, TIMESTAMP '2026-01-01' AS published_at,"
                            + " true AS hd, 1::DECIMAL(9,2) AS price, {'k': 1} AS nested) TO '" + items
                            + "' (FORMAT parquet)");
        }
        TrainingLog log = read(new TrainingInput(items, null, write("i.csv", "user_id,item_id\nu,a\n"), null));
        assertEquals(
                List.of(List.of("x", "y")),
                column(log, "categories", InputColumn.CategoryLists.class).values());
        assertArrayEquals(
                new long[] {ms("2026-01-01T00:00:00Z")},
                column(log, "published_at", InputColumn.Times.class).values());
        assertArrayEquals(
                new float[] {1}, column(log, "hd", InputColumn.Numbers.class).values());
        assertArrayEquals(
                new float[] {1}, column(log, "price", InputColumn.Numbers.class).values());
        assertEquals(List.of("nested"), log.report().files().getFirst().unused());
        assertFalse(log.interactions().timed(), "no column at");
    }

    @Test
    void impressions_become_pages_with_context() throws IOException {
        String impressions = "request_id,user_id,item_id,at,position,clicked,watch_seconds,country,sources,screen\n"
                + "r7,u1,a,2026-02-01T00:00:00Z,0,true,5,DE,als,tv\nr7,u1,b,2026-02-01T00:00:00Z,1,false,,DE,als,tv\n"
                + "r8,,c,2026-02-01T00:00:01Z,0,1,,,als,\n";
        TrainingLog log = read(ITEMS, USERS, INTERACTIONS, impressions);
        ImpressionLog shown = java.util.Objects.requireNonNull(log.impressions());
        assertArrayEquals(new int[] {0, 0, 1}, shown.requests());
        assertArrayEquals(new int[] {0, 0, -1}, shown.users());
        assertArrayEquals(new short[] {0, 1, 0}, shown.positions());
        assertArrayEquals(new boolean[] {true, false, true}, shown.clicked());
        assertArrayEquals(new float[] {5, 0, Float.NaN}, shown.watchSeconds());
        assertEquals("DE", shown.country().value(0));
        assertNull(shown.country().value(2));
        assertEquals("als", shown.sources().value(2));
        assertEquals(List.of("screen"), log.report().files().getLast().unused());
    }

    @Test
    void the_kind_of_a_further_column_is_told_by_its_values() throws IOException {
        String items = "item_id,price,genre,tags,Released On,note\n"
                + "a,1,rock,p|q,2026-01-01,one\nb,2.5,rock,,2026-01-02,\nc,,pop,q,,two\n";
        TrainingLog log = read(items, null, INTERACTIONS, null);
        assertInstanceOf(InputColumn.Numbers.class, log.items().columns().get("price"));
        assertInstanceOf(InputColumn.Categories.class, log.items().columns().get("genre"));
        assertInstanceOf(InputColumn.CategoryLists.class, log.items().columns().get("tags"));
        assertInstanceOf(InputColumn.Times.class, log.items().columns().get("released_on"));
    }

    @Test
    void without_a_file_of_users_they_are_those_who_did_something() throws IOException {
        TrainingLog log = read(ITEMS, null, INTERACTIONS, null);
        assertArrayEquals(new String[] {"u1", "u2"}, log.users().ids());
        assertTrue(log.users().columns().isEmpty());
    }

    @Test
    void searches_are_set_aside_and_counted() throws IOException {
        String interactions = "user_id,item_id,kind,query_text\nu1,,search,cats\nu1,a,watch,\n";
        TrainingLog log = read(ITEMS, USERS, interactions, null);
        assertEquals(1, log.interactions().size());
        assertEquals(1, log.report().files().getLast().setAside().getFirst().count());
        assertEquals(0, log.report().badRows());
    }

    @Test
    void a_missing_column_is_refused_naming_file_column_what_there_is_and_the_nearest() throws IOException {
        Path items = write("items.csv", "itemid,title\na,First\n");
        Path interactions = write("interactions.csv", INTERACTIONS);
        var refused = assertThrows(
                InputRefusedException.class, () -> read(new TrainingInput(items, null, interactions, null)));
        assertEquals(
                items + ": column 'item_id' is missing; the columns are itemid, title; the nearest is 'itemid'",
                refused.getMessage());
    }

    @Test
    void a_file_that_is_not_there_is_refused() throws IOException {
        refused("nowhere.csv: does not exist", temp.resolve("nowhere.csv"));
    }

    @Test
    void a_file_of_another_format_is_refused() throws IOException {
        refused("items.xlsx: the name must end in", write("items.xlsx", "x"));
    }

    @Test
    void a_file_that_only_claims_to_be_gzip_is_refused() throws IOException {
        refused("items.csv.gz: is not gzip", write("items.csv.gz", ITEMS));
    }

    @Test
    void a_broken_parquet_file_is_refused() throws IOException {
        refused("items.parquet: cannot be read", write("items.parquet", "PAR1 and then nothing"));
    }

    @Test
    void a_file_without_a_good_row_is_refused() throws IOException {
        refused("items.csv: has no good row", write("items.csv", "item_id,title\n"));
    }

    @Test
    void a_column_named_twice_is_refused() throws IOException {
        refused("names column 'title' twice", write("items.csv", "item_id,title,title\na,b,c\n"));
    }

    private void refused(String message, Path items) throws IOException {
        Path interactions = write("interactions.csv", INTERACTIONS);
        var refused = assertThrows(
                InputRefusedException.class, () -> read(new TrainingInput(items, null, interactions, null)));
        assertTrue(refused.toString().contains(message), refused.toString());
    }

    @Test
    void an_interrupted_reading_stops_and_cleans_up() throws IOException {
        Path interactions = write("interactions.csv", INTERACTIONS);
        TrainingInput input = new TrainingInput(write("items.csv", ITEMS), null, interactions, null);
        long before = spillDirectories();
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> read(input));
        assertTrue(Thread.interrupted());
        assertEquals(before, spillDirectories());
    }

    private static long spillDirectories() throws IOException {
        try (var entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("funnel-read-"))
                    .count();
        }
    }

    private TrainingLog read(
            String items,
            @org.jspecify.annotations.Nullable String users,
            String interactions,
            @org.jspecify.annotations.Nullable String impressions)
            throws IOException {
        return read(new TrainingInput(
                write("items.csv", items),
                users == null ? null : write("users.csv", users),
                write("interactions.csv", interactions),
                impressions == null ? null : write("impressions.csv", impressions)));
    }

    private static TrainingLog read(TrainingInput input) throws IOException {
        return LogReader.read(input, ReadSettings.DEFAULT, Progress.SILENT);
    }

    private static <T extends InputColumn> T column(TrainingLog log, String name, Class<T> kind) {
        return kind.cast(java.util.Objects.requireNonNull(log.items().columns().get(name), name));
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(temp.resolve(name), content);
    }

    private static long ms(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
