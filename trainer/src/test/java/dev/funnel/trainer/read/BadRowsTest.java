package dev.funnel.trainer.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.read.FileReport.BadRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a row can be bad, each alone among good rows. */
class BadRowsTest {

    private static final String LONG = "x".repeat(129);
    private static final String ITEMS = "item_id,title,categories,duration_seconds,published_at\na,A,,1,\nb,B,,2,\n";
    private static final String USERS = "user_id,country,age\nu,DE,30\n";
    private static final String INTERACTIONS = "user_id,item_id,at,kind,watch_seconds,weight\nu,a,2026-02-01,,,\n";
    private static final String IMPRESSIONS =
            "request_id,user_id,item_id,at,position,clicked,watch_seconds\nr,u,a,2026-02-01,0,true,1\n";

    @TempDir
    Path temp;

    static Stream<Arguments> bad_rows() {
        return Stream.of(
                bad(ITEMS, ",no id,,1,", "item_id is empty"),
                bad(ITEMS, LONG + ",long,,1,", "item_id is longer than 128 bytes"),
                bad(ITEMS, "a,again,,1,", "item_id stands in an earlier row too"),
                bad(ITEMS, "c,C,,one,", "duration_seconds is not a number"),
                bad(ITEMS, "c,C,,nan,", "duration_seconds is not finite"),
                bad(ITEMS, "c,C,,1e39,", "duration_seconds is not finite"),
                bad(ITEMS, "c,C,,1,yesterday", "published_at is not a time"),
                bad(ITEMS, "c,C,,1,1815-12-10", "published_at is not between 1971 and 2100"),
                bad(ITEMS, "c,C," + "t|".repeat(300) + ",1,", "categories has more than 256 values"),
                bad(ITEMS, "c,C,,1,,6", "the row has more fields than the first line"),
                bad(ITEMS, "c,C", "the row has fewer fields than the first line"),
                bad(USERS, ",DE,30", "user_id is empty"),
                bad(USERS, "u,FR,31", "user_id stands in an earlier row too"),
                bad(USERS, "v,FR,old", "age is not a number"),
                bad(INTERACTIONS, ",a,2026-02-01,,,", "user_id is empty"),
                bad(INTERACTIONS, "who,a,2026-02-01,,,", "user_id is not in users.csv"),
                bad(INTERACTIONS, "u,,2026-02-01,,,", "item_id is empty"),
                bad(INTERACTIONS, "u,z,2026-02-01,,,", "item_id is not in items.csv"),
                bad(INTERACTIONS, "u,a,soon,,,", "at is not a time"),
                bad(INTERACTIONS, "u,a,2345-01-01,,,", "at is not between 1971 and 2100"),
                bad(INTERACTIONS, "u,a,,,,", "at is empty, though other rows have a time"),
                bad(
                        INTERACTIONS,
                        "u,a,2026-02-01,gaze,,",
                        "kind is none of watch, click, impression, like, dislike, purchase, search"),
                bad(INTERACTIONS, "u,a,2026-02-01,watch,-1,", "watch_seconds is negative"),
                bad(INTERACTIONS, "u,a,2026-02-01,watch,NaN,", "watch_seconds is not finite"),
                bad(INTERACTIONS, "u,a,2026-02-01,watch,long,", "watch_seconds is not a number"),
                bad(INTERACTIONS, "u,a,2026-02-01,,,0", "weight is not above 0"),
                bad(INTERACTIONS, "u,a,2026-02-01,,,1001", "weight is above 1,000"),
                bad(IMPRESSIONS, "r,who,a,2026-02-01,0,true,1", "user_id is not in users.csv"),
                bad(IMPRESSIONS, "r,u,z,2026-02-01,0,true,1", "item_id is not in items.csv"),
                bad(IMPRESSIONS, "r,u,a,,0,true,1", "at is empty"),
                bad(IMPRESSIONS, "r,u,a,2026-02-01,,true,1", "position is empty"),
                bad(IMPRESSIONS, "r,u,a,2026-02-01,-1,true,1", "position is negative"),
                bad(IMPRESSIONS, "r,u,a,2026-02-01,10001,true,1", "position is above 10,000"),
                bad(IMPRESSIONS, "r,u,a,2026-02-01,0,,1", "clicked is empty"),
                bad(IMPRESSIONS, "r,u,a,2026-02-01,0,maybe,1", "clicked is neither true nor false"),
                bad(IMPRESSIONS, "r,u,a,2026-02-01,0,true,-5", "watch_seconds is negative"),
                bad(IMPRESSIONS, LONG + ",u,a,2026-02-01,0,true,1", "request_id is longer than 128 bytes"));
    }

    private static Arguments bad(String file, String row, String rule) {
        return Arguments.of(file, row, rule);
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("bad_rows")
    void a_bad_row_is_counted_and_shown_with_its_line(String file, String row, String rule) throws IOException {
        ReadReport report = read(file, file + row + "\n" + row + "\n", ReadSettings.DEFAULT);
        List<BadRows> bad =
                report.files().stream().flatMap(found -> found.bad().stream()).toList();
        assertEquals(1, bad.size(), report.text());
        assertEquals(rule, bad.getFirst().rule());
        assertEquals(2, bad.getFirst().count());
        assertEquals("line " + (1 + file.lines().count()), bad.getFirst().first());
        assertEquals(report.files().stream().mapToLong(FileReport::rows).sum() - 2, kept(report));
    }

    private static long kept(ReadReport report) {
        return report.files().stream().mapToLong(FileReport::kept).sum();
    }

    @Test
    void lines_are_those_of_the_file_despite_quoted_line_ends_empty_lines_and_rejected_rows() throws IOException {
        String items = "item_id,title\r\na,\"one\r\ntwo\"\r\n\r\ntoo,many,fields\r\nb,B\r\n,no id\r\nfew\r\n";
        List<BadRows> bad =
                read(ITEMS, items, ReadSettings.DEFAULT).files().getFirst().bad();
        assertEquals(
                List.of("line 5", "line 7", "line 8"),
                bad.stream().map(BadRows::first).sorted().toList());
    }

    @Test
    void a_value_is_shown_cut_to_a_length() throws IOException {
        String items = ITEMS + "c,C,," + "9".repeat(500) + "x,\n";
        BadRows bad = read(ITEMS, items, ReadSettings.DEFAULT)
                .files()
                .getFirst()
                .bad()
                .getFirst();
        assertTrue(bad.shown().startsWith("'999") && bad.shown().length() < 100, bad.shown());
    }

    @Test
    void bytes_that_are_not_utf_8_are_a_bad_row() throws IOException {
        Path items = temp.resolve("items.csv");
        Files.write(items, (ITEMS + "c,\u00e4,,1,\n").getBytes(StandardCharsets.ISO_8859_1));
        BadRows bad = LogReader.read(input(items), ReadSettings.DEFAULT, Progress.SILENT)
                .report()
                .files()
                .getFirst()
                .bad()
                .getFirst();
        assertEquals("the row is not UTF-8", bad.rule());
        assertEquals("line 4", bad.first());
    }

    @Test
    void a_line_that_is_no_json_object_is_a_bad_row() throws IOException {
        Path items = write("items.jsonl", "{\"item_id\": \"a\"}\n\n{oops\n[1, 2]\n{\"item_id\": \"\"}\n");
        List<BadRows> bad = LogReader.read(input(items), ReadSettings.DEFAULT, Progress.SILENT)
                .report()
                .files()
                .getFirst()
                .bad();
        assertEquals("the line is not a JSON object", bad.getFirst().rule());
        assertEquals(2, bad.getFirst().count());
        assertEquals("line 3", bad.getFirst().first());
        assertEquals("line 5", bad.getLast().first());
    }

    @Test
    void a_bad_row_of_parquet_is_shown_with_its_number() throws Exception {
        Path items = temp.resolve("items.parquet");
        try (var duckdb = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duckdb.createStatement()) {
            statement.execute("COPY (SELECT * FROM (VALUES ('a', 1.0::DOUBLE), ('b', 'nan'::DOUBLE), (NULL, 1)) AS"
                    + " t(item_id, duration_seconds)) TO '" + items + "' (FORMAT parquet)");
        }
        List<BadRows> bad = LogReader.read(input(items), ReadSettings.DEFAULT, Progress.SILENT)
                .report()
                .files()
                .getFirst()
                .bad();
        assertEquals(
                List.of("duration_seconds is not finite: row 2", "item_id is empty: row 3"),
                bad.stream().map(b -> b.rule() + ": " + b.first()).sorted().toList());
    }

    @Test
    void more_bad_rows_than_allowed_are_refused_with_the_counts_and_the_first_of_each_kind() {
        ReadSettings strict = new ReadSettings(0, 1, 1, 256);
        String items = ITEMS + ",one,,1,\n,two,,1,\nc,C,,x,\n";
        var refused = assertThrows(InputRefusedException.class, () -> read(ITEMS, items, strict));
        String message = refused.toString();
        assertTrue(message.contains("items.csv: 3 of 5 rows are bad, 1 are allowed"), message);
        assertTrue(message.contains("2 x item_id is empty (first in line 4"), message);
        assertTrue(message.contains("1 x duration_seconds is not a number (first in line 6: 'x')"), message);
    }

    @Test
    void a_share_of_bad_rows_is_allowed_in_a_large_file() throws IOException {
        StringBuilder items = new StringBuilder("item_id,duration_seconds\n");
        for (int i = 0; i < 1_000; i++) {
            items.append("i").append(i).append(i < 9 ? ",x\n" : ",1\n");
        }
        items.append("a,1\n");
        assertEquals(
                9,
                read(ITEMS, items.toString(), new ReadSettings(.01, 0, 2, 256)).badRows());
        assertThrows(
                InputRefusedException.class, () -> read(ITEMS, items.toString(), new ReadSettings(.005, 0, 2, 256)));
    }

    /** Reads the four files, one of them replaced. */
    private ReadReport read(String replaced, String by, ReadSettings settings) throws IOException {
        TrainingInput input = new TrainingInput(
                write("items.csv", replaced.equals(ITEMS) ? by : ITEMS),
                write("users.csv", replaced.equals(USERS) ? by : USERS),
                write("interactions.csv", replaced.equals(INTERACTIONS) ? by : INTERACTIONS),
                write("impressions.csv", replaced.equals(IMPRESSIONS) ? by : IMPRESSIONS));
        return LogReader.read(input, settings, Progress.SILENT).report();
    }

    private TrainingInput input(Path items) throws IOException {
        return new TrainingInput(items, null, write("interactions.csv", INTERACTIONS), null);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(temp.resolve(name), content);
    }
}
