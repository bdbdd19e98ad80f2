package dev.funnel.bundle.log;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ObjLongConsumer;

/**
 * What a segment holds, found by checking every byte of it.
 *
 * @param header its header; empty if the file is so short that its header was never synced
 * @param soundBytes where the last sound batch ends; what lies behind was never acknowledged
 * @param nextPosition position after its last entry
 * @param fileBytes size of the file
 */
record SegmentScan(Optional<SegmentHeader> header, long soundBytes, long nextPosition, long fileBytes) {
    private static final long ANY = -1;

    /** Whether the file ends in bytes that no sound batch is made of. */
    boolean torn() {
        return soundBytes < fileBytes;
    }

    /**
     * Checks a segment and gives each of its batches, with its offset, to {@code reader}. Bytes that are no batch may stand at the end
     * of the file only.
     *
     * @param named first position that its name says
     * @throws LogDamagedException if a sound batch follows bytes that are none, or positions do not follow each other
     */
    static SegmentScan of(Path path, FileChannel channel, long named, ObjLongConsumer<ByteBuffer> reader)
            throws IOException {
        return of(path, channel, named, named, reader);
    }

    /** The same for the file of {@link DroppedEntries}: positions rise, to at most {@code through}, which its header says. */
    static SegmentScan ofDropped(Path path, FileChannel channel, long through, ObjLongConsumer<ByteBuffer> reader)
            throws IOException {
        return of(path, channel, through, ANY, reader);
    }

    private static SegmentScan of(
            Path path, FileChannel channel, long named, long first, ObjLongConsumer<ByteBuffer> reader)
            throws IOException {
        long size = channel.size();
        if (size > Integer.MAX_VALUE) {
            throw new LogDamagedException(path, Integer.MAX_VALUE, "a segment has at most 2 GiB, this has " + size);
        }
        try (Arena arena = Arena.ofConfined()) {
            ByteBuffer file = channel.map(MapMode.READ_ONLY, 0, size, arena).asByteBuffer();
            Optional<SegmentHeader> header = SegmentHeader.read(file);
            if (header.isEmpty() && size <= SegmentHeader.BYTES) {
                return new SegmentScan(header, 0, named, size);
            }
            if (header.isEmpty() || header.get().firstPosition() != named) {
                throw new LogDamagedException(path, 0, "it does not begin with the header of segment " + named);
            }
            return batches(path, file, header.get(), first, reader);
        }
    }

    private static SegmentScan batches(
            Path path, ByteBuffer file, SegmentHeader header, long first, ObjLongConsumer<ByteBuffer> reader)
            throws IOException {
        int at = SegmentHeader.BYTES;
        long next = first;
        for (int bytes = BatchFrame.soundBytes(header.salt(), file, at); bytes > 0; ) {
            ByteBuffer frame = file.slice(at, bytes);
            if (first != ANY && BatchFrame.firstPosition(frame) != next) {
                throw new LogDamagedException(
                        path, at, "entry " + BatchFrame.firstPosition(frame) + " follows entry " + (next - 1));
            }
            reader.accept(frame, at);
            next = BatchFrame.firstPosition(frame) + BatchFrame.count(frame);
            at += bytes;
            bytes = BatchFrame.soundBytes(header.salt(), file, at);
        }
        refuseSoundBatchAfter(path, file, header, at);
        return new SegmentScan(Optional.of(header), at, next, file.limit());
    }

    /** A batch is written only when the one before is on the disk: with one behind it, what stands here was acknowledged once. */
    private static void refuseSoundBatchAfter(Path path, ByteBuffer file, SegmentHeader header, int end)
            throws LogDamagedException {
        for (int at = end + 1; at <= file.limit() - BatchFrame.HEADER_BYTES; at++) {
            if (BatchFrame.soundBytes(header.salt(), file, at) > 0) {
                throw new LogDamagedException(
                        path, end, "the batch here is not sound, though a sound one follows at " + at);
            }
        }
    }
}
