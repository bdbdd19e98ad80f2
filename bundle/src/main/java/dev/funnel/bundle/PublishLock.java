package dev.funnel.bundle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The right to give a version its number: one holder a directory, among all threads and processes of a host. */
final class PublishLock implements AutoCloseable {
    private static final Duration MAX_WAIT = Duration.ofMinutes(5);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(5);

    private final FileChannel channel;

    private PublishLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits for the lock of {@code directory}, at most 5 minutes. */
    static PublishLock acquire(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve(".publish-lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            long start = System.nanoTime();
            while (tryLock(channel) == null) {
                if (System.nanoTime() - start > MAX_WAIT.toNanos()) {
                    throw new IOException("another process has been publishing to " + directory + " for " + MAX_WAIT);
                }
                Thread.sleep(BETWEEN_TRIES);
            }
            return new PublishLock(channel);
        } catch (InterruptedException e) {
            channel.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting to publish to " + directory, e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another thread of this process holds it
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
