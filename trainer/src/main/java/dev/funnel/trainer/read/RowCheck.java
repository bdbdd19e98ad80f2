package dev.funnel.trainer.read;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.read.FileReport.BadRows;
import dev.funnel.trainer.read.FileReport.SetAside;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One pass over an input file: good rows go to a sink in file order, bad ones are counted by the first rule they break, and
 * too many of them end the reading.
 */
final class RowCheck {

    private static final int ROWS_PER_STEP = 100_000;
    private static final int SHOWN_CHARACTERS = 80;
    private static final int MOST_REJECTS = 100_000;

    private final OpenInput input;
    private final Engine engine;
    private final ReadSettings settings;
    private final List<RowRule> rules = new ArrayList<>();
    private final List<Tally> tallies = new ArrayList<>();
    private final List<SetAside> setAside = new ArrayList<>();
    private long rows;

    /** Bad rows of one kind: how many, and the first. {@code rejectedAt} is -1 for rows that could be parsed. */
    private static final class Tally {
        final String rule;
        long count;
        long firstRow;
        long rejectedAt = -1;
        String shown = "";

        Tally(String rule) {
            this.rule = rule;
        }
    }

    /** Where good rows go. */
    @FunctionalInterface
    interface RowSink {
        /**
         * Takes one row; the first value of the query is in column 1.
         *
         * @return null, or the rule that the row breaks after all
         */
        @Nullable
        String take(ResultSet row) throws SQLException;
    }

    RowCheck(OpenInput input, Engine engine, ReadSettings settings) {
        this.input = input;
        this.engine = engine;
        this.settings = settings;
        rules.add(new RowRule("the line", "is not a JSON object", OpenInput.BROKEN, "''"));
    }

    /** Adds what makes a row bad; of several rules that a row breaks, the first added counts. */
    RowCheck rules(List<RowRule> more) {
        rules.addAll(more);
        return this;
    }

    /** Tells of rows that the sink took and that nothing reads. */
    void setAside(String what, long count) {
        if (count > 0) {
            setAside.add(new SetAside(what, count));
        }
    }

    /**
     * Reads.
     *
     * @param values SQL of what the sink takes
     * @param from SQL of where the values come from: the file's relation, or one that adds columns to it
     */
    void read(List<String> values, String from, Progress progress, RowSink sink) throws IOException {
        String what = "reading " + input.file().getFileName();
        rules.forEach(rule -> tallies.add(new Tally(rule.sentence())));
        try (Statement statement = engine.statement();
                ResultSet row = statement.executeQuery(query(values, from))) {
            while (row.next()) {
                if (rows % ROWS_PER_STEP == 0) {
                    progress.advance(what, 0);
                }
                rows++;
                take(row, values.size(), sink);
            }
        } catch (SQLException e) {
            throw OpenInput.unreadable(input.file(), e);
        }
        countRejects();
        progress.advance(what, 1);
    }

    /** Counts rows as bad that the sink had taken. */
    void countLate(String rule, long count, long firstRow) {
        Tally tally = tally(rule);
        tally.firstRow = firstRow;
        tally.shown = quote(null);
        tally.count = count;
    }

    private String query(List<String> values, String from) {
        StringBuilder verdict = new StringBuilder("CASE");
        StringBuilder shown = new StringBuilder("CASE verdict");
        for (int r = 0; r < rules.size(); r++) {
            verdict.append(" WHEN %s THEN %d".formatted(rules.get(r).broken(), r + 1));
            shown.append(" WHEN %d THEN %s".formatted(r + 1, rules.get(r).shown()));
        }
        return "SELECT %s, %s, verdict, %s END FROM (SELECT *, %s ELSE 0 END AS verdict FROM %s) ORDER BY %2$s"
                .formatted(String.join(", ", values), OpenInput.ROW, shown, verdict, from);
    }

    private void take(ResultSet row, int values, RowSink sink) throws SQLException {
        int verdict = row.getInt(values + 2);
        if (verdict > 0) {
            count(tallies.get(verdict - 1), row.getLong(values + 1), row.getString(values + 3));
            return;
        }
        String late = sink.take(row);
        if (late != null) {
            count(tally(late), row.getLong(values + 1), row.getString(1));
        }
    }

    private Tally tally(String rule) {
        for (Tally tally : tallies) {
            if (tally.rule.equals(rule)) {
                return tally;
            }
        }
        tallies.add(new Tally(rule));
        return tallies.getLast();
    }

    private static void count(Tally tally, long row, @Nullable String shown) {
        if (tally.count++ == 0) {
            tally.firstRow = row;
            tally.shown = quote(shown);
        }
    }

    private static String quote(@Nullable String shown) {
        if (shown == null || shown.isEmpty()) {
            return "nothing";
        }
        String line = shown.replaceAll("\\p{Cntrl}", " ").strip();
        return line.length() <= SHOWN_CHARACTERS
                ? "'" + line + "'"
                : "'" + line.substring(0, SHOWN_CHARACTERS) + "...'";
    }

    /** Adds the rows that DuckDB could not split into fields. */
    private void countRejects() throws IOException {
        if (input.format() == InputFormat.PARQUET) {
            return;
        }
        String sql = """
                SELECT error, count(*), min(place), arg_min(text, place) FROM (
                SELECT line_byte_position AS place, min(error_type::VARCHAR) AS error, min(csv_line) AS text
                FROM %s GROUP BY line_byte_position) GROUP BY error ORDER BY error""".formatted(OpenInput.REJECTS);
        try (Statement statement = engine.statement();
                ResultSet rejects = statement.executeQuery(sql)) {
            while (rejects.next()) {
                Tally tally = tally("the row " + rejection(rejects.getString(1)));
                tally.count = rejects.getLong(2);
                tally.rejectedAt = rejects.getLong(3);
                tally.shown = quote(rejects.getString(4));
                rows += tally.count;
            }
        } catch (SQLException e) {
            throw OpenInput.unreadable(input.file(), e);
        }
    }

    private List<Long> rejectedAt() throws IOException {
        List<Long> rejectedAt = new ArrayList<>();
        String sql = "SELECT DISTINCT line_byte_position FROM %s LIMIT %d".formatted(OpenInput.REJECTS, MOST_REJECTS);
        try (Statement statement = engine.statement();
                ResultSet rejects = statement.executeQuery(sql)) {
            while (rejects.next()) {
                rejectedAt.add(rejects.getLong(1));
            }
        } catch (SQLException e) {
            throw OpenInput.unreadable(input.file(), e);
        }
        return rejectedAt;
    }

    private static String rejection(String error) {
        return switch (error) {
            case "TOO MANY COLUMNS" -> "has more fields than the first line";
            case "MISSING COLUMNS" -> "has fewer fields than the first line";
            case "UNQUOTED VALUE" -> "has a quote that is not closed";
            case "INVALID ENCODING", "INVALID UNICODE" -> "is not UTF-8";
            case "LINE SIZE OVER MAXIMUM" -> "is longer than 2 MB";
            default -> "is not CSV: " + error.toLowerCase(Locale.ROOT);
        };
    }

    /**
     * What was found.
     *
     * @param used the columns that something reads
     * @throws InputRefusedException if more rows are bad than are allowed
     */
    FileReport report(Set<String> used) throws IOException {
        FileReport report = new FileReport(input.file().toString(), rows, bad(), setAside, unused(used));
        long allowed = settings.allowedBadRows(rows);
        if (report.badRows() > allowed) {
            throw new InputRefusedException(
                    input.file(),
                    "%,d of %,d rows are bad, %,d are allowed%n%s"
                            .formatted(report.badRows(), rows, allowed, report.text()));
        }
        return report;
    }

    private List<String> unused(Set<String> used) {
        return input.names().stream().filter(name -> !used.contains(name)).toList();
    }

    private List<BadRows> bad() throws IOException {
        List<Tally> broken = tallies.stream()
                .filter(tally -> tally.count > 0)
                .sorted(Comparator.comparingLong((Tally tally) -> -tally.count))
                .toList();
        RowLines lines = broken.isEmpty() ? RowLines.NONE : lines(broken);
        return broken.stream()
                .map(tally -> new BadRows(tally.rule, tally.count, place(tally, lines), tally.shown))
                .toList();
    }

    private RowLines lines(List<Tally> broken) throws IOException {
        if (input.format() == InputFormat.PARQUET) {
            return RowLines.NONE;
        }
        Set<Long> wanted = broken.stream().map(tally -> tally.firstRow).collect(Collectors.toSet());
        return RowLines.find(input.file(), input.format() == InputFormat.CSV, wanted, rejectedAt());
    }

    private String place(Tally tally, RowLines lines) {
        if (input.format() == InputFormat.PARQUET) {
            return "row " + (tally.firstRow + 1);
        }
        return "line " + (tally.rejectedAt >= 0 ? lines.lineOfByte(tally.rejectedAt) : lines.lineOfRow(tally.firstRow));
    }
}
