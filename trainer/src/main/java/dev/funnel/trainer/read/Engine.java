package dev.funnel.trainer.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Properties;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;

/** A DuckDB in memory for the time of one reading: bounded threads and memory, a spill directory of its own, no network. */
final class Engine implements AutoCloseable {

    private final Path spill;
    private final DuckDBConnection connection;

    private Engine(Path spill, DuckDBConnection connection) {
        this.spill = spill;
        this.connection = connection;
    }

    static Engine start(ReadSettings settings) throws IOException, SQLException {
        Path spill = Files.createTempDirectory("funnel-read-");
        try {
            Properties options = new Properties();
            options.setProperty("threads", String.valueOf(settings.threads()));
            options.setProperty("memory_limit", settings.memoryMiB() + "MiB");
            options.setProperty("temp_directory", spill.toString());
            options.setProperty("autoinstall_known_extensions", "false");
            options.setProperty("jdbc_stream_results", "true");
            DuckDBConnection connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", options);
            Engine engine = new Engine(spill, connection);
            engine.execute("SET TimeZone = 'UTC'");
            return engine;
        } catch (SQLException e) {
            delete(spill);
            throw e;
        }
    }

    DuckDBConnection connection() {
        return connection;
    }

    Statement statement() throws SQLException {
        return connection.createStatement();
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = statement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        try {
            connection.close();
        } finally {
            delete(spill);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> entries = Files.walk(directory)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
