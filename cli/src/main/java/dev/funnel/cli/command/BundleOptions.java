package dev.funnel.cli.command;

import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.cli.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where bundles are. */
final class BundleOptions {

    @Option(
            names = "--root",
            paramLabel = "DIR",
            defaultValue = "bundles",
            description = "root of the bundle folder (default: ${DEFAULT-VALUE})")
    private Path root = Path.of("");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "demo",
            description = "name of the bundle (default: ${DEFAULT-VALUE})")
    private String name = "";

    BundleStore store() {
        Options.require(name.matches("[a-z0-9][a-z0-9_-]{0,63}"), "--name", name, "must be [a-z0-9][a-z0-9_-]*");
        Options.require(Files.isDirectory(root), "--root", root, "is not a folder");
        return new BundleStore(root, name);
    }

    /** The folder of a version: a path as it is, a version in the store, or the newest if the text is empty. */
    Path folder(String versionOrPath) throws IOException {
        if (versionOrPath.isEmpty()) {
            BundleStore store = store();
            return store.newest()
                    .map(store::path)
                    .orElseThrow(() -> new IOException(store.directory() + ": holds no bundle"));
        }
        if (Files.isDirectory(Path.of(versionOrPath))) {
            return Path.of(versionOrPath);
        }
        Path folder = BundleVersion.parse(versionOrPath)
                .map(version -> store().path(version))
                .orElseThrow(() -> new UsageException("VERSION", versionOrPath, "is neither a version nor a folder"));
        Options.require(Files.isDirectory(folder), "VERSION", versionOrPath, "is not in " + store().directory());
        return folder;
    }
}
