package dev.funnel.gateway.impression;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is appended to and never outgrows its bound: full, it is renamed to {@code <path>.1}, what was {@code <path>.1} to
 * {@code <path>.2} and so on, and the oldest goes. At most {@code (1 + rolled) * maxBytes} lie on the disk. For one thread.
 */
final class RollingFile implements AutoCloseable {
    private final Path path;
    private final long maxBytes;
    private final int rolled;
    private OutputStream out;
    private long bytes;

    RollingFile(Path path, long maxBytes, int rolled) throws IOException {
        this.path = path;
        this.maxBytes = maxBytes;
        this.rolled = rolled;
        Files.createDirectories(path.toAbsolutePath().getParent());
        this.out = opened();
        this.bytes = Files.size(path);
    }

    /** Appends a record whole, to this file or the next, never to both. */
    void append(byte[] record) throws IOException {
        if (bytes > 0 && bytes + record.length > maxBytes) {
            roll();
        }
        out.write(record);
        bytes += record.length;
    }

    void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void roll() throws IOException {
        out.close();
        try {
            for (int age = rolled - 1; age >= 1; age--) {
                moveIfThere(aged(age), aged(age + 1));
            }
            moveIfThere(path, aged(1));
        } finally {
            out = opened();
            bytes = Files.size(path);
        }
    }

    private OutputStream opened() throws IOException {
        return new BufferedOutputStream(
                Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND), 1 << 16);
    }

    private Path aged(int age) {
        return path.resolveSibling(path.getFileName() + "." + age);
    }

    private static void moveIfThere(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
