package dev.funnel.trainer.simulate;

import dev.funnel.trainer.Progress;
import dev.funnel.trainer.simulate.DemoLog.Deed;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Writes a demo world's four tables through DuckDB. One thread writes in a fixed order, so that equal content gives equal
 * bytes. Lists are appended as texts joined by {@code |}, which is several times faster than appending lists, and become
 * lists on the way out (in CSV they stay as they are).
 */
final class DemoTables implements AutoCloseable {

    private static final int ROWS_PER_STEP = 20_000;
    private static final int PAGES_PER_STEP = 1_000;

    private final DemoWorld world;
    private final Path directory;
    private final FileFormat format;
    private final DuckDBConnection duckdb;

    DemoTables(DemoWorld world, Path directory, FileFormat format) throws SQLException {
        this.world = world;
        this.directory = directory;
        this.format = format;
        Properties options = new Properties();
        options.setProperty("threads", "1");
        options.setProperty("memory_limit", "1GB");
        options.setProperty("temp_directory", directory.resolve(".spill").toString());
        this.duckdb = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", options);
    }

    void writeItems() throws SQLException {
        execute("""
                CREATE TABLE items (item_id VARCHAR, title VARCHAR, categories VARCHAR, uploader VARCHAR,
                language VARCHAR, country VARCHAR, published_at TIMESTAMP_MS, expires_at TIMESTAMP_MS,
                duration_seconds FLOAT, maturity INTEGER, resolution INTEGER, format VARCHAR, tags VARCHAR)""");
        Videos videos = world.videos();
        try (DuckDBAppender rows = duckdb.createAppender("items")) {
            for (int i = 0; i < videos.count; i++) {
                rows.beginRow().append(Videos.id(i)).append(videos.title[i]);
                rows.append(String.join("|", videos.categories(i))).append(Uploaders.id(videos.uploader[i]));
                appendTongue(rows, videos.tongue[i]);
                rows.append(videos.country[i]).appendEpochMillis(videos.publishedMs[i]);
                appendTime(rows, videos.expiresMs[i]);
                rows.append(videos.durationSeconds[i])
                        .append(videos.maturity[i])
                        .append(videos.resolution[i]);
                rows.append(videos.format[i])
                        .append(String.join("|", videos.tags(i)))
                        .endRow();
            }
        }
        copy("items", list("categories"), list("tags"), time("published_at"), time("expires_at"));
    }

    void writeUsers() throws SQLException {
        execute("CREATE TABLE users (user_id VARCHAR, country VARCHAR, language VARCHAR, age INTEGER, gender VARCHAR)");
        Viewers viewers = world.viewers();
        try (DuckDBAppender rows = duckdb.createAppender("users")) {
            for (int v = 0; v < viewers.count; v++) {
                rows.beginRow().append(Viewers.id(v)).append(viewers.country[v]);
                appendTongue(rows, viewers.tongue[v]);
                rows.append(viewers.age[v]).append(viewers.gender[v]).endRow();
            }
        }
        copy("users");
    }

    void writeInteractions(DemoLog log, Progress progress) throws SQLException {
        execute("""
                CREATE TABLE interactions (user_id VARCHAR, item_id VARCHAR, "at" TIMESTAMP_MS, kind VARCHAR,
                watch_seconds DOUBLE, weight FLOAT, query_text VARCHAR)""");
        int written = 0;
        try (DuckDBAppender rows = duckdb.createAppender("interactions")) {
            for (int deed : log.deedsByTime()) {
                appendDeed(rows, log, deed);
                if (++written % ROWS_PER_STEP == 0) {
                    progress.advance("writing interactions", (double) written / log.deeds);
                }
            }
        }
        copy("interactions", time("\"at\""));
    }

    private void appendDeed(DuckDBAppender rows, DemoLog log, int deed) throws SQLException {
        boolean search = log.deed[deed] == Deed.SEARCH;
        int item = log.deedItem[deed];
        rows.beginRow().append(Viewers.id(log.deedUser[deed])).append(search ? null : Videos.id(item));
        rows.appendEpochMillis(log.deedMs[deed]).append(log.deed[deed].name().toLowerCase(Locale.ROOT));
        appendSeconds(rows, log.deedWatched[deed]);
        rows.append(1f)
                .append(search ? world.videos().tagName(item).replace('-', ' ') : null)
                .endRow();
    }

    void writeImpressions(DemoLog log, Progress progress) throws SQLException {
        execute("""
                CREATE TABLE impressions (request_id VARCHAR, user_id VARCHAR, item_id VARCHAR, "at" TIMESTAMP_MS,
                position INTEGER, clicked BOOLEAN, watch_seconds DOUBLE, country VARCHAR, language VARCHAR,
                device VARCHAR, sources VARCHAR, source_scores FLOAT, bundle_version VARCHAR)""");
        int request = 0;
        int written = 0;
        try (DuckDBAppender rows = duckdb.createAppender("impressions")) {
            for (int page : log.pagesByTime()) {
                appendPage(rows, log, page, "r%09d".formatted(request++));
                written += log.pageEnd(page) - log.pageStart[page];
                if (request % PAGES_PER_STEP == 0) {
                    progress.advance("writing impressions", (double) written / log.impressions);
                }
            }
        }
        String score = format == FileFormat.CSV ? "source_scores" : "[source_scores]";
        copy("impressions", list("sources"), score + " AS source_scores", time("\"at\""));
    }

    private void appendPage(DuckDBAppender rows, DemoLog log, int page, String request) throws SQLException {
        int user = log.pageUser[page];
        Viewers viewers = world.viewers();
        for (int i = log.pageStart[page]; i < log.pageEnd(page); i++) {
            rows.beginRow().append(request).append(Viewers.id(user)).append(Videos.id(log.item[i]));
            rows.appendEpochMillis(log.pageMs[page]).append(i - log.pageStart[page]);
            rows.append(!Float.isNaN(log.watched[i]));
            appendSeconds(rows, log.watched[i]);
            rows.append(viewers.country[user]);
            appendTongue(rows, viewers.tongue[user]);
            rows.append(Viewers.DEVICES[viewers.device[user]]);
            rows.append(log.source[i].name().toLowerCase(Locale.ROOT))
                    .append(log.score[i])
                    .appendNull()
                    .endRow();
        }
    }

    @Override
    public void close() throws SQLException {
        duckdb.close();
    }

    private void copy(String table, String... replaced) throws SQLException {
        String columns = replaced.length == 0 ? "*" : "* REPLACE (" + String.join(", ", replaced) + ")";
        String file = directory.resolve(format.fileOf(table)).toString().replace("'", "''");
        execute("COPY (SELECT %s FROM %s) TO '%s' (%s)".formatted(columns, table, file, format.copyOptions()));
        execute("DROP TABLE " + table);
    }

    /** A column of joined texts as the format's list. */
    private String list(String column) {
        String as = format == FileFormat.CSV ? "%1$s AS %1$s" : "string_split(%1$s, '|') AS %1$s";
        return as.formatted(column);
    }

    /** A time column; in text files as ISO 8601 in UTC. */
    private String time(String column) {
        String as = format == FileFormat.PARQUET
                ? "%1$s AS %1$s"
                : "strftime(%1$s, '%%Y-%%m-%%dT%%H:%%M:%%S.%%gZ') AS %1$s";
        return as.formatted(column);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void appendTongue(DuckDBAppender rows, int tongue) throws SQLException {
        rows.append(tongue == Videos.NO_TONGUE ? null : Vocabulary.TONGUES[tongue].code());
    }

    private static void appendTime(DuckDBAppender rows, long ms) throws SQLException {
        if (ms == Videos.NEVER) {
            rows.appendNull();
        } else {
            rows.appendEpochMillis(ms);
        }
    }

    private static void appendSeconds(DuckDBAppender rows, float seconds) throws SQLException {
        if (Float.isNaN(seconds)) {
            rows.appendNull();
        } else {
            rows.append(Math.round(10 * seconds) / 10.0);
        }
    }
}
