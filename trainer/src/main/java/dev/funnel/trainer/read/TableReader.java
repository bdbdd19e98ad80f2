package dev.funnel.trainer.read;

import dev.funnel.bundle.ColumnKind;
import dev.funnel.trainer.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads items or users: an id, the standard columns, and any further ones, whose kind is told by what is in them. */
final class TableReader {

    /** Texts of which this share of the rows differ are free texts, below that they are categories. */
    private static final double DISTINCT_SHARE_OF_TEXTS = .5;

    private static final int ALWAYS_CATEGORIES = 100;

    private final OpenInput input;
    private final Engine engine;
    private final String idColumn;
    private final Map<String, ColumnKind> standard;

    private TableReader(OpenInput input, Engine engine, String idColumn, Map<String, ColumnKind> standard) {
        this.input = input;
        this.engine = engine;
        this.idColumn = idColumn;
        this.standard = standard;
    }

    /** A table and what was found in its file. */
    record Read(InputTable table, FileReport report) {}

    static Read read(
            Path file,
            String idColumn,
            Map<String, ColumnKind> standard,
            Engine engine,
            ReadSettings settings,
            Progress progress)
            throws IOException {
        try {
            return new TableReader(OpenInput.open(file, engine), engine, idColumn, standard).read(settings, progress);
        } catch (SQLException e) {
            throw OpenInput.unreadable(file, e);
        }
    }

    private Read read(ReadSettings settings, Progress progress) throws IOException, SQLException {
        Cell id = input.required(idColumn);
        List<ColumnBuilder> columns = columns();
        RowCheck check = new RowCheck(input, engine, settings).rules(Rules.id(idColumn, id));
        List<String> values = new ArrayList<>(List.of(id.text()));
        for (ColumnBuilder column : columns) {
            check.rules(column.rules());
            values.add(column.value());
        }
        Set<String> ids = new LinkedHashSet<>();
        check.read(values, input.relation(engine), progress, row -> {
            if (!ids.add(row.getString(1))) {
                return idColumn + " stands in an earlier row too";
            }
            for (int c = 0; c < columns.size(); c++) {
                columns.get(c).add(row, c + 2);
            }
            return null;
        });
        FileReport report = check.report(used(columns));
        if (ids.isEmpty()) {
            throw new InputRefusedException(input.file(), "has no good row\n" + report.text());
        }
        SequencedMap<String, InputColumn> built = new LinkedHashMap<>();
        columns.forEach(column -> built.put(column.name(), column.build()));
        return new Read(new InputTable(ids.toArray(String[]::new), built), report);
    }

    private Set<String> used(List<ColumnBuilder> columns) {
        Set<String> used = new HashSet<>(Set.of(idColumn));
        columns.forEach(column -> used.add(column.stored()));
        return used;
    }

    private List<ColumnBuilder> columns() throws IOException, SQLException {
        List<ColumnBuilder> columns = new ArrayList<>();
        Map<String, String> storedAs = new LinkedHashMap<>();
        for (String stored : input.names()) {
            Cell cell = input.required(stored);
            ColumnKind kind = standard.containsKey(stored) ? standard.get(stored) : kind(cell);
            String name = tableName(stored);
            if (stored.equals(idColumn) || kind == null) {
                continue;
            }
            String other = storedAs.putIfAbsent(name, stored);
            if (other != null) {
                throw new InputRefusedException(
                        input.file(), "columns '%s' and '%s' are both '%s'".formatted(other, stored, name));
            }
            columns.add(new ColumnBuilder(stored, name, kind, cell));
        }
        return columns;
    }

    /** The kind of a further column, null if it holds what no table can hold. */
    private @Nullable ColumnKind kind(Cell cell) throws SQLException {
        if (cell.isNumber() || cell.isFlag()) {
            return ColumnKind.NUMBER;
        }
        if (cell.isTime()) {
            return ColumnKind.TIME;
        }
        if (cell.isList()) {
            return ColumnKind.CATEGORY_LIST;
        }
        return cell.isText() ? kindOfTexts(cell) : null;
    }

    private ColumnKind kindOfTexts(Cell cell) throws SQLException {
        boolean typed = input.format() == InputFormat.PARQUET;
        String sql = """
                SELECT count(x), count(TRY_CAST(x AS DOUBLE)), count(TRY_CAST(x AS TIMESTAMPTZ)),
                count_if(x LIKE '[%%]' OR contains(x, '|')), approx_count_distinct(x) FROM (SELECT %s AS x FROM %s)""".formatted(cell.text(), input.glimpse());
        try (Statement statement = engine.statement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            long given = row.getLong(1);
            if (!typed && given > 0 && row.getLong(2) == given) {
                return ColumnKind.NUMBER;
            }
            if (!typed && given > 0 && row.getLong(3) == given) {
                return ColumnKind.TIME;
            }
            if (!typed && row.getLong(4) > 0) {
                return ColumnKind.CATEGORY_LIST;
            }
            boolean different = row.getLong(5) > Math.max(ALWAYS_CATEGORIES, DISTINCT_SHARE_OF_TEXTS * given);
            return different ? ColumnKind.TEXT : ColumnKind.CATEGORY;
        }
    }

    /** A column's name in lower case, other characters than letters, digits and underscores replaced. */
    private static String tableName(String stored) {
        String name = stored.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        String safe = name.matches("[a-z].*") && !name.equals("id") && !name.equals("history") ? name : "x_" + name;
        return safe.substring(0, Math.min(64, safe.length()));
    }
}
