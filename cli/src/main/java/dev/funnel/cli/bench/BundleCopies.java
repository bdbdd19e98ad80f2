package dev.funnel.cli.bench;

import dev.funnel.bundle.Bundle;
import dev.funnel.bundle.BundleRefusedException;
import dev.funnel.bundle.BundleStore;
import dev.funnel.bundle.BundleVersion;
import dev.funnel.bundle.Manifest;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Publishes one bundle over and over: each time a new version of the same content, whose files are hard links to those of the first where they can be. It works in a
 * folder of its own and leaves the bundle that it copies alone.
 */
final class BundleCopies {

    private static final String MANIFEST = "manifest.json";

    private final Path from;
    private final BundleStore to;
    private final Manifest.Draft contents;

    private BundleCopies(Path from, BundleStore to, Manifest.Draft contents) {
        this.from = from;
        this.to = to;
        this.contents = contents;
    }

    /** Copies the newest version of a bundle to another root. */
    static BundleCopies of(Path root, String name, Path toRoot) throws IOException, BundleRefusedException {
        BundleStore store = new BundleStore(root, name);
        Path from =
                store.path(store.newest().orElseThrow(() -> new IOException(store.directory() + ": holds no bundle")));
        try (Bundle bundle = Bundle.open(from)) {
            return new BundleCopies(
                    from, new BundleStore(toRoot, name), bundle.manifest().contents());
        }
    }

    /** Publishes the next version. */
    BundleVersion publish() throws IOException, BundleRefusedException {
        try (BundleStore.Draft draft = to.draft()) {
            for (Path file : files()) {
                link(file, draft.file(from.relativize(file).toString()));
            }
            return draft.publish(contents);
        }
    }

    /** A hard link, or a copy where the disk is another. */
    private static void link(Path file, Path linked) throws IOException {
        try {
            Files.createLink(linked, file);
        } catch (FileSystemException anotherDisk) {
            Files.copy(file, linked);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !from.relativize(file).toString().equals(MANIFEST))
                    .filter(file -> !file.toString().endsWith(".sig"))
                    .toList();
        }
    }
}
