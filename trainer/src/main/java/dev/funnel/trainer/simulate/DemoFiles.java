package dev.funnel.trainer.simulate;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.funnel.trainer.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Generates a demo world into a directory: {@code items}, {@code users}, {@code interactions} and {@code impressions} in
 * the trainer's input schema, and {@link DemoWorld#TRUTH_FILE}. The directory appears whole or not at all.
 *
 * @param format of the four tables
 * @param threads simulating at once, at least 1; the content does not depend on it
 */
public record DemoFiles(DemoSettings settings, FileFormat format, int threads) {

    public DemoFiles {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: %d is less than 1".formatted(threads));
        }
    }

    /**
     * What was generated.
     *
     * @param clicks impressions that were clicked
     */
    public record Generated(Path directory, int items, int users, int interactions, int impressions, int clicks) {}

    /**
     * Simulates and writes; blocks.
     *
     * @param directory must not exist, or be empty
     * @throws FileAlreadyExistsException if the directory holds anything
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; nothing is left behind
     */
    public Generated generate(Path directory, Progress progress) throws IOException {
        Path target = directory.toAbsolutePath().normalize();
        refuseIfNotEmpty(target);
        Files.createDirectories(target.getParent());
        Path draft = target.resolveSibling("." + target.getFileName() + ".draft-" + UUID.randomUUID());
        Files.createDirectory(draft);
        try {
            DemoWorld world = DemoWorld.of(settings);
            DemoLog log = new Simulation(world).run(threads, progress.part(0, .3));
            write(world, log, draft, progress.part(.3, 1));
            progress.advance("publishing " + target.getFileName(), 1);
            Files.deleteIfExists(target);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            return summary(target, log);
        } finally {
            delete(draft);
        }
    }

    private void write(DemoWorld world, DemoLog log, Path draft, Progress progress) throws IOException {
        try (DemoTables tables = new DemoTables(world, draft, format)) {
            tables.writeItems();
            tables.writeUsers();
            tables.writeInteractions(log, progress.part(0, .2));
            tables.writeImpressions(log, progress.part(.2, 1));
        } catch (SQLException e) {
            throw new IOException("cannot write into %s: %s".formatted(draft, e.getMessage()), e);
        }
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.writeString(draft.resolve(DemoWorld.TRUTH_FILE), json.writeValueAsString(world.truth()) + "\n");
    }

    private Generated summary(Path target, DemoLog log) {
        int clicks = 0;
        for (int i = 0; i < log.impressions; i++) {
            clicks += Float.isNaN(log.watched[i]) ? 0 : 1;
        }
        return new Generated(target, settings.items(), settings.users(), log.deeds, log.impressions, clicks);
    }

    private static void refuseIfNotEmpty(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            if (entries.findAny().isPresent()) {
                throw new FileAlreadyExistsException(directory.toString(), null, "is not empty");
            }
        }
    }

    private static void delete(Path draft) {
        if (!Files.exists(draft)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(draft)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
