package dev.funnel.bundle.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the files of an item log from beside, while their owner may go on writing: every whole batch, without a lock and without
 * changing anything. For the trainer and for people.
 */
public final class ItemLogReader {
    private static final int ATTEMPTS = 10;

    private ItemLogReader() {}

    /**
     * Gives every entry to {@code reader}, in order of position; those that were dropped in short, as far as they still count.
     *
     * @return position of the newest entry, 0 if there never was one
     * @throws LogDamagedException if something that was acknowledged is not as it was written
     * @throws IOException if the folder holds no log
     */
    public static long read(Path folder, Consumer<LogEntry> reader) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try (Files files = Files.open(folder)) {
                if (files.complete()) {
                    return files.read(reader);
                }
            } catch (NoSuchFileException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
            if (attempt == ATTEMPTS) {
                throw new IOException(folder + ": files of the item log come and go faster than they can be opened");
            }
        }
    }

    static void entries(Path file, ByteBuffer frame, long at, Consumer<LogEntry> reader) {
        try {
            BatchFrame.read(frame, 0, entry -> reader.accept(entry.decode()));
        } catch (IOException e) {
            throw new IllegalStateException(file + " at offset " + at + " is sound but cannot be read", e);
        }
    }

    /** All files of a log, opened together: what their owner drops meanwhile can still be read. */
    private record Files(Path folder, DroppedEntries.Opened dropped, List<Path> paths, List<FileChannel> segments)
            implements Closeable {

        static Files open(Path folder) throws IOException {
            Files files =
                    new Files(folder, DroppedEntries.Opened.of(folder), SegmentFiles.of(folder), new ArrayList<>());
            try {
                if (files.paths.isEmpty()) {
                    throw new IOException(folder + " holds no item log: no file is named <position>.items");
                }
                for (Path path : files.paths) {
                    files.segments.add(FileChannel.open(path, StandardOpenOption.READ));
                }
                return files;
            } catch (IOException e) {
                files.close();
                throw e;
            }
        }

        /** Whether nothing was dropped while they were opened. */
        boolean complete() throws IOException {
            try (DroppedEntries.Opened now = DroppedEntries.Opened.of(folder)) {
                return now.through() == dropped.through();
            }
        }

        long read(Consumer<LogEntry> reader) throws IOException {
            dropped.read(reader);
            long newest = dropped.through();
            for (int i = 0; i < paths.size(); i++) {
                Path path = paths.get(i);
                SegmentScan scan = SegmentScan.of(
                        path,
                        segments.get(i),
                        SegmentHeader.position(path).orElseThrow(),
                        (frame, at) -> entries(path, frame, at, entry -> {
                            if (entry.position() > dropped.through()) {
                                reader.accept(entry);
                            }
                        }));
                newest = Math.max(newest, scan.nextPosition() - 1);
            }
            return newest;
        }

        @Override
        public void close() throws IOException {
            dropped.close();
            for (FileChannel segment : segments) {
                segment.close();
            }
        }
    }
}
