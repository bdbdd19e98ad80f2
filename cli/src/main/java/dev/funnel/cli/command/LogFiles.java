package dev.funnel.cli.command;

import dev.funnel.cli.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of a training: each named by its own option, or found in a folder by the name of its table. */
final class LogFiles {

    private static final List<String> EXTENSIONS =
            List.of(".parquet", ".csv", ".csv.gz", ".tsv", ".jsonl", ".jsonl.gz", ".ndjson");

    private final @Nullable Path folder;

    LogFiles(@Nullable Path folder) {
        if (folder != null) {
            Options.require(Files.isDirectory(folder), "--data", folder, "is not a folder");
        }
        this.folder = folder;
    }

    /** The file given, or found; a usage error if there is neither. */
    Path required(String option, @Nullable Path given, String table) {
        Path found = optional(given, table);
        if (found == null) {
            throw new UsageException(
                    option, folder == null ? "" : folder, "is missing: name the file, or its folder by --data");
        }
        return found;
    }

    /** The file given, or found, or null. */
    @Nullable
    Path optional(@Nullable Path given, String table) {
        return given != null ? given : find(table).orElse(null);
    }

    private Optional<Path> find(String table) {
        if (folder == null) {
            return Optional.empty();
        }
        Path in = folder;
        return EXTENSIONS.stream()
                .map(extension -> in.resolve(table + extension))
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
