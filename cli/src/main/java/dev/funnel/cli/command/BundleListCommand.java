package dev.funnel.cli.command;

import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.cli.console.Console;
import dev.funnel.cli.console.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the published versions of a bundle without reading them. */
@Command(name = "list", description = "Lists the versions of a bundle, newest first.", mixinStandardHelpOptions = true)
public final class BundleListCommand extends WorkingCommand {

    @Mixin
    private final BundleOptions bundles = new BundleOptions();

    @Override
    void run(Console console) throws IOException {
        BundleStore store = bundles.store();
        TextTable table = new TextTable("version", "published", "bytes");
        for (BundleVersion version : store.versions()) {
            long bytes = size(store.path(version));
            table.row(version, version.published(), "%,d".formatted(bytes));
            console.object(object(store, version, bytes));
        }
        table.lines().forEach(console::line);
    }

    private static Map<String, Object> object(BundleStore store, BundleVersion version, long bytes) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("bundle", store.name());
        object.put("version", version.value());
        object.put("published", version.published().toString());
        object.put("bytes", bytes);
        object.put("path", store.path(version).toString());
        return object;
    }

    private static long size(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}
