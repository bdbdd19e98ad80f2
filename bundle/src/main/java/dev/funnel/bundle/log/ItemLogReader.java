package dev.funnel.bundle.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Reads the files of an item log from beside, while their owner may go on writing: every whole batch, without a lock and without
 * changing anything. For the trainer and for people.
 */
public final class ItemLogReader {
    private ItemLogReader() {}

    /**
     * Gives every entry to {@code reader}, in order of position.
     *
     * @return position of the newest entry, 0 if there never was one
     * @throws LogDamagedException if something that was acknowledged is not as it was written
     * @throws IOException if the folder holds no log
     */
    public static long read(Path folder, Consumer<LogEntry> reader) throws IOException {
        List<Path> files = SegmentFiles.of(folder);
        if (files.isEmpty()) {
            throw new IOException(folder + " holds no item log: no file is named <position>.items");
        }
        long newest = 0;
        for (Path file : files) {
            newest = readSegment(file, reader);
        }
        return newest;
    }

    private static long readSegment(Path file, Consumer<LogEntry> reader) throws IOException {
        OptionalLong named = SegmentHeader.position(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            SegmentScan scan =
                    SegmentScan.of(file, channel, named.orElseThrow(), (frame, at) -> entries(file, frame, at, reader));
            return scan.nextPosition() - 1;
        }
    }

    private static void entries(Path file, ByteBuffer frame, long at, Consumer<LogEntry> reader) {
        try {
            BatchFrame.read(frame, 0, entry -> reader.accept(entry.decode()));
        } catch (IOException e) {
            throw new IllegalStateException(file + " at offset " + at + " is sound but cannot be read", e);
        }
    }
}
