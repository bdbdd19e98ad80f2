package dev.funnel.trainer.read;

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
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link TrainingInput}. Every row that cannot be used is counted with what is wrong with it; the first of each kind
 * is shown; too many of them, or a missing column, refuse the file. Blocks; stops when its thread is interrupted.
 */
public final class LogReader {

    private final TrainingInput input;
    private final ReadSettings settings;
    private final Engine engine;
    private final Progress progress;
    private final List<FileReport> reports = new ArrayList<>();

    private LogReader(TrainingInput input, ReadSettings settings, Engine engine, Progress progress) {
        this.input = input;
        this.settings = settings;
        this.engine = engine;
        this.progress = progress;
    }

    /** @throws InputRefusedException if a file cannot be trained on, naming it and why */
    public static TrainingLog read(TrainingInput input, ReadSettings settings, Progress progress) throws IOException {
        try (Engine engine = Engine.start(settings)) {
            return new LogReader(input, settings, engine, progress).read();
        } catch (SQLException e) {
            throw new IOException("cannot read the training input: " + e.getMessage(), e);
        }
    }

    private TrainingLog read() throws IOException, SQLException {
        LoggedItems.Applied catalogue = catalogue(progress.part(0, .1));
        InputTable items = catalogue.table().inShards(settings.shards());
        Path userFile = input.users();
        OpenInput interactionFile = OpenInput.open(input.interactions(), engine);
        InputTable users =
                userFile == null ? usersOf(interactionFile) : table(userFile, "user_id", false, progress.part(.1, .2));
        KnownIds ids = KnownIds.of(
                users.ids(),
                (userFile == null ? input.interactions() : userFile)
                        .getFileName()
                        .toString(),
                items.ids(),
                catalogue.removed(),
                input.items().getFileName().toString(),
                engine);
        InteractionLog interactions = interactions(interactionFile, ids);
        return new TrainingLog(
                items,
                users,
                interactions,
                impressions(ids),
                catalogue.position(),
                new ReadReport(List.copyOf(reports)));
    }

    /** The items of the file, with what the item log says of them. */
    private LoggedItems.Applied catalogue(Progress part) throws IOException {
        InputTable file = table(input.items(), "item_id", true, part);
        Path itemLog = input.itemLog();
        if (itemLog == null) {
            return LoggedItems.none(file);
        }
        LoggedItems.Applied applied = LoggedItems.applied(file, itemLog);
        reports.add(applied.report());
        return applied;
    }

    private InputTable table(Path file, String idColumn, boolean ofItems, Progress part) throws IOException {
        TableReader.Read read = TableReader.read(
                file, idColumn, ofItems ? ItemTable.STANDARD : UserTable.STANDARD, engine, settings, part);
        reports.add(read.report());
        return read.table();
    }

    private InteractionLog interactions(OpenInput file, KnownIds ids) throws IOException, SQLException {
        InteractionReader.Read read = new InteractionReader(ids).read(file, engine, settings, progress.part(.2, .5));
        reports.add(read.report());
        if (read.log().size() == 0) {
            throw new InputRefusedException(
                    file.file(), "has no good row\n" + read.report().text());
        }
        return read.log();
    }

    private @Nullable ImpressionLog impressions(KnownIds ids) throws IOException, SQLException {
        Path file = input.impressions();
        if (file == null) {
            return null;
        }
        ImpressionReader.Read read =
                new ImpressionReader(ids).read(OpenInput.open(file, engine), engine, settings, progress.part(.5, 1));
        reports.add(read.report());
        return read.log();
    }

    /** Without a file of users: those who did something, in order of their first appearance. */
    private InputTable usersOf(OpenInput interactions) throws IOException, SQLException {
        Cell user = interactions.required("user_id");
        String sql =
                "SELECT id FROM (SELECT %s AS id, %s FROM %s) WHERE octet_length(encode(id)) <= %d GROUP BY id ORDER BY min(%2$s)"
                        .formatted(user.text(), OpenInput.ROW, interactions.glimpse(), Rules.LONGEST_ID_BYTES);
        List<String> ids = new ArrayList<>();
        try (Statement statement = engine.statement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return new InputTable(ids.toArray(String[]::new), new LinkedHashMap<>());
    }
}
