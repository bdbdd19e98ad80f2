package dev.funnel.trainer.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An input file whose columns are known, as a relation: a column {@value #ROW}, the number of the row, then the file's
 * columns. CSV and JSON lines give texts, Parquet what it stores.
 */
final class OpenInput {

    static final String ROW = "funnel_row";

    /** True for a line of JSON lines that is no JSON object; false in other formats. */
    static final String BROKEN = "funnel_broken";

    /** The table in which DuckDB writes down the rows that it cannot split, if asked to. */
    static final String REJECTS = "funnel_rejects";

    private static final String ONE_COLUMN_DIALECT =
            "auto_detect=false, header=false, delim='\u0001', quote='', escape='', columns={'line': 'VARCHAR'}";

    private final Path file;
    private final InputFormat format;
    private final String relation;
    private final SequencedMap<String, Cell> cells;

    private OpenInput(Path file, InputFormat format, String relation, SequencedMap<String, Cell> cells) {
        this.file = file;
        this.format = format;
        this.relation = relation;
        this.cells = cells;
    }

    static OpenInput open(Path file, Engine engine) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputRefusedException(file, Files.exists(file) ? "is not a file" : "does not exist");
        }
        InputFormat format = InputFormat.of(file);
        try {
            return switch (format) {
                case CSV -> csv(file);
                case JSON_LINES -> jsonLines(file, engine);
                case PARQUET -> parquet(file, engine);
            };
        } catch (SQLException e) {
            throw unreadable(file, e);
        }
    }

    static InputRefusedException unreadable(Path file, SQLException e) {
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new InputRefusedException(file, "cannot be read: " + reason, e);
    }

    Path file() {
        return file;
    }

    InputFormat format() {
        return format;
    }

    /** The relation, as SQL, for a look ahead: rows that cannot be split are left out. */
    String glimpse() {
        return relation.replace("$REJECTS", "ignore_errors=true");
    }

    /** The relation, as SQL, for the reading that counts: rows that cannot be split go to {@link #REJECTS}. */
    String relation(Engine engine) throws SQLException {
        engine.execute("DROP TABLE IF EXISTS " + REJECTS);
        engine.execute("DROP TABLE IF EXISTS funnel_rejecting");
        return relation.replace(
                "$REJECTS",
                "store_rejects=true, rejects_limit=0, rejects_table='%s', rejects_scan='funnel_rejecting'"
                        .formatted(REJECTS));
    }

    Set<String> names() {
        return cells.keySet();
    }

    boolean has(String name) {
        return cells.containsKey(name);
    }

    /** The column, or one that is empty in every row. */
    Cell optional(String name) {
        return cells.getOrDefault(name, Cell.ABSENT);
    }

    Cell required(String name) throws InputRefusedException {
        Cell cell = cells.get(name);
        if (cell == null) {
            throw new InputRefusedException(
                    file,
                    "column '%s' is missing; the columns are %s; the nearest is '%s'"
                            .formatted(name, String.join(", ", names()), NearestName.of(name, names())));
        }
        return cell;
    }

    private static OpenInput csv(Path file) throws IOException {
        CsvDialect dialect = CsvDialect.of(file);
        String columns = dialect.columns().stream()
                .map(column -> Sql.text(column) + ": 'VARCHAR'")
                .collect(Collectors.joining(", ", "{", "}"));
        String relation =
                """
                (SELECT row_number() OVER () - 1 AS %s, false AS %s, * FROM read_csv(%s, auto_detect=false, header=true,
                delim=%s, quote='"', escape='"', columns=%s, $REJECTS))""".formatted(ROW, BROKEN, Sql.path(file), Sql.text(String.valueOf(dialect.separator())), columns);
        return new OpenInput(file, InputFormat.CSV, relation, texts(dialect.columns()));
    }

    private static OpenInput jsonLines(Path file, Engine engine) throws IOException, SQLException {
        String lines = "read_csv(%s, %s, $REJECTS)".formatted(Sql.path(file), ONE_COLUMN_DIALECT);
        String objects = """
                (SELECT funnel_row, CASE WHEN json_valid(line) THEN CASE WHEN json_type(line) = 'OBJECT' THEN line END END
                AS object FROM (SELECT row_number() OVER () - 1 AS funnel_row, line FROM %s) WHERE trim(line) <> '')""".formatted(lines);
        List<String> keys = keys(file, objects.replace("$REJECTS", "ignore_errors=true"), engine);
        String paths =
                keys.stream().map(OpenInput::jsonPath).map(Sql::text).collect(Collectors.joining(", ", "[", "]"));
        List<String> columns = new ArrayList<>();
        for (int k = 0; k < keys.size(); k++) {
            columns.add("cells[%d] AS %s".formatted(k + 1, Sql.name(keys.get(k))));
        }
        String relation =
                "(SELECT funnel_row, object IS NULL AS %s, %s FROM (SELECT *, json_extract_string(object, %s) AS cells FROM %s))"
                        .formatted(BROKEN, String.join(", ", columns), paths, objects);
        return new OpenInput(file, InputFormat.JSON_LINES, relation, texts(keys));
    }

    private static List<String> keys(Path file, String objects, Engine engine) throws SQLException, IOException {
        List<String> keys = new ArrayList<>();
        String sql = "SELECT key FROM (SELECT unnest(json_keys(object)) AS key, funnel_row FROM " + objects
                + ") GROUP BY key ORDER BY min(funnel_row), key";
        try (Statement statement = engine.statement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
        }
        if (keys.isEmpty()) {
            throw new InputRefusedException(file, "has no line that is a JSON object");
        }
        return keys;
    }

    private static String jsonPath(String key) {
        return "$.\"" + key.replace("\"", "\\\"") + "\"";
    }

    private static OpenInput parquet(Path file, Engine engine) throws SQLException {
        String read = "read_parquet(%s, file_row_number=true)".formatted(Sql.path(file));
        SequencedMap<String, Cell> cells = new LinkedHashMap<>();
        try (Statement statement = engine.statement();
                ResultSet rows = statement.executeQuery("DESCRIBE SELECT * EXCLUDE (file_row_number) FROM " + read)) {
            while (rows.next()) {
                cells.put(rows.getString(1), Cell.of(rows.getString(1), rows.getString(2)));
            }
        }
        String relation = "(SELECT file_row_number AS %s, false AS %s, * EXCLUDE (file_row_number) FROM %s)"
                .formatted(ROW, BROKEN, read);
        return new OpenInput(file, InputFormat.PARQUET, relation, cells);
    }

    private static SequencedMap<String, Cell> texts(List<String> names) {
        Map<String, Cell> cells = new LinkedHashMap<>();
        names.forEach(name -> cells.put(name, Cell.of(name, "VARCHAR")));
        return new LinkedHashMap<>(cells);
    }
}
