package dev.funnel.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Changes to a disk that survive the loss of power: a file's bytes are forced, and so is the directory that names it. */
final class Durable {
    private Durable() {}

    /** Writes {@code bytes} to {@code file}, in place of what it held. */
    static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** Forces {@code tree} and everything under it to the disk. */
    static void forceTree(Path tree) throws IOException {
        for (Path path : contents(tree)) {
            force(path);
        }
    }

    /** Renames {@code from} to {@code to}, which must not exist, in the same directory. */
    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        Path directory = to.getParent();
        if (directory != null) {
            force(directory);
        }
    }

    static void deleteTree(Path tree) throws IOException {
        for (Path path : contents(tree)) {
            Files.deleteIfExists(path);
        }
    }

    /**
     * Deletes {@code tree} if nothing in it was changed since {@code oldest}. A tree that its owner deletes at the same time is left to
     * the owner.
     */
    static void deleteIfOlder(Path tree, Instant oldest) {
        try {
            for (Path path : contents(tree)) {
                if (!Files.getLastModifiedTime(path).toInstant().isBefore(oldest)) {
                    return;
                }
            }
            deleteTree(tree);
        } catch (IOException _) {
            // Only tidying up: the next publish tries again.
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Everything under {@code tree}, and last {@code tree} itself; empty if it does not exist. */
    private static List<Path> contents(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
