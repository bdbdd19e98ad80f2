package dev.funnel.trainer.read;

import dev.funnel.bundle.ColumnKind;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.UserTable;
import dev.funnel.trainer.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two files of interactions over the same users and items: one to fit on and one that is held out, each in the form in which
 * {@link LogReader} reads interactions, and checked as strictly.
 *
 * @param users those of the table if there is one, otherwise all of either file, in order of first appearance
 * @param items likewise
 */
public record InteractionFiles(
        InputTable users, InputTable items, InteractionLog train, InteractionLog test, ReadReport report) {

    /**
     * Where they are.
     *
     * @param items table of the items; null: those of the interactions, without columns
     * @param users table of the users; null: likewise
     */
    public record Paths(
            Path train,
            Path test,
            @Nullable Path items,
            @Nullable Path users) {}

    /** @throws InputRefusedException if a file cannot be used, naming it and why */
    public static InteractionFiles read(Paths paths, ReadSettings settings, Progress progress) throws IOException {
        try (Engine engine = Engine.start(settings)) {
            return new Reading(paths, settings, engine, progress).read();
        } catch (SQLException e) {
            throw new IOException("cannot read the interactions: " + e.getMessage(), e);
        }
    }

    private static final class Reading {

        private final Paths paths;
        private final ReadSettings settings;
        private final Engine engine;
        private final Progress progress;
        private final List<FileReport> reports = new ArrayList<>();

        Reading(Paths paths, ReadSettings settings, Engine engine, Progress progress) {
            this.paths = paths;
            this.settings = settings;
            this.engine = engine;
            this.progress = progress;
        }

        InteractionFiles read() throws IOException, SQLException {
            OpenInput train = OpenInput.open(paths.train(), engine);
            OpenInput test = OpenInput.open(paths.test(), engine);
            InputTable users = table(paths.users(), "user_id", UserTable.STANDARD, train, test);
            InputTable items = table(paths.items(), "item_id", ItemTable.STANDARD, train, test);
            KnownIds ids = KnownIds.of(
                    users.ids(),
                    name(paths.users(), "either file"),
                    items.ids(),
                    List.of(),
                    name(paths.items(), "either file"),
                    engine);
            InteractionLog fitted = interactions(train, ids, progress.part(0, .8));
            InteractionLog heldOut = interactions(test, ids, progress.part(.8, 1));
            return new InteractionFiles(users, items, fitted, heldOut, new ReadReport(List.copyOf(reports)));
        }

        private InputTable table(
                @Nullable Path file, String idColumn, Map<String, ColumnKind> standard, OpenInput train, OpenInput test)
                throws IOException, SQLException {
            if (file == null) {
                return new InputTable(idsOf(idColumn, train, test), new LinkedHashMap<>());
            }
            TableReader.Read read = TableReader.read(file, idColumn, standard, engine, settings, Progress.SILENT);
            reports.add(read.report());
            return read.table();
        }

        private static String name(@Nullable Path file, String otherwise) {
            return file == null ? otherwise : String.valueOf(file.getFileName());
        }

        private String[] idsOf(String column, OpenInput train, OpenInput test) throws IOException, SQLException {
            String sql = """
                    SELECT id FROM (SELECT %1$s AS id, 0 AS file, %2$s AS place FROM %3$s
                    UNION ALL SELECT %4$s, 1, %2$s FROM %5$s)
                    WHERE octet_length(encode(id)) BETWEEN 1 AND %6$d GROUP BY id ORDER BY min((file, place))""".formatted(
                            train.required(column).text(),
                            OpenInput.ROW,
                            train.glimpse(),
                            test.required(column).text(),
                            test.glimpse(),
                            Rules.LONGEST_ID_BYTES);
            List<String> ids = new ArrayList<>();
            try (Statement statement = engine.statement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            return ids.toArray(String[]::new);
        }

        private InteractionLog interactions(OpenInput file, KnownIds ids, Progress part)
                throws IOException, SQLException {
            InteractionReader.Read read = new InteractionReader(ids).read(file, engine, settings, part);
            reports.add(read.report());
            if (read.log().size() == 0) {
                throw new InputRefusedException(
                        file.file(), "has no good row\n" + read.report().text());
            }
            return read.log();
        }
    }
}
