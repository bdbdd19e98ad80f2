package dev.funnel.bundle.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One file of the log. One thread appends; any number read what is synced. Every {@value #INDEXED_BYTES} bytes the offset of a batch is
 * remembered, so that a reader passes over at most that much.
 */
final class Segment implements Closeable {
    private static final int INDEXED_BYTES = 64 << 10;
    private static final int READ_BYTES = 4 << 20;

    private final Path file;
    private final FileChannel channel;
    private final SegmentHeader header;
    private final ConcurrentSkipListMap<Long, Long> offsets = new ConcurrentSkipListMap<>();

    /** Read together: what is synced. */
    private volatile End end;

    private long lastIndexed = -INDEXED_BYTES;

    private Segment(Path file, FileChannel channel, SegmentHeader header) {
        this.file = file;
        this.channel = channel;
        this.header = header;
        this.end = new End(SegmentHeader.BYTES, header.firstPosition());
    }

    /** A new segment; its header is on the disk, its name is not yet. */
    static Segment create(Path folder, SegmentHeader header) throws IOException {
        Path file = SegmentHeader.file(folder, header.firstPosition());
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            writeFully(channel, header.write(), 0);
            channel.force(true);
            return new Segment(file, channel, header);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Takes up a segment that was checked. A torn end is cut off.
     *
     * @param last whether it is the last of its log: only that one may have a torn end
     * @return null if not even its header was synced
     */
    static @Nullable Segment recover(Path file, long named, boolean last) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            ConcurrentSkipListMap<Long, Long> batches = new ConcurrentSkipListMap<>();
            SegmentScan scan = SegmentScan.of(
                    file, channel, named, (frame, at) -> batches.put(BatchFrame.firstPosition(frame), at));
            if (scan.torn() && !last) {
                throw new LogDamagedException(file, scan.soundBytes(), "the file ends here, but the log goes on");
            }
            if (scan.header().isEmpty()) {
                channel.close();
                return null;
            }
            Segment segment = new Segment(file, channel, scan.header().get());
            if (scan.torn()) {
                channel.truncate(scan.soundBytes());
                channel.force(true);
            }
            batches.forEach(segment::index);
            segment.end = new End(scan.soundBytes(), scan.nextPosition());
            return segment;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    Path file() {
        return file;
    }

    long firstPosition() {
        return header.firstPosition();
    }

    /** The position after its last synced entry. */
    long nextPosition() {
        return end.nextPosition();
    }

    boolean isEmpty() {
        return end.nextPosition() == header.firstPosition();
    }

    /** Bytes that are synced. */
    long bytes() {
        return end.bytes();
    }

    /** Bytes that a batch of these entries adds. */
    ByteBuffer frame(List<EncodedEntry> entries) throws IOException {
        return BatchFrame.write(header.salt(), entries);
    }

    /** Writes a batch behind what is synced; nobody sees it before {@link #sync}. */
    void write(ByteBuffer frame) throws IOException {
        writeFully(channel, frame.duplicate(), end.bytes());
    }

    /** Forces what was written to the disk. */
    void sync() throws IOException {
        channel.force(false);
    }

    /** Shows a batch that is synced to readers. */
    void publish(ByteBuffer frame) {
        index(BatchFrame.firstPosition(frame), end.bytes());
        end = new End(end.bytes() + frame.capacity(), end.nextPosition() + BatchFrame.count(frame));
    }

    /** Takes back what was written and not synced. */
    void cut() throws IOException {
        channel.truncate(end.bytes());
    }

    /**
     * Synced entries from a position on, up to where one of the limits of {@code into} is reached.
     *
     * @throws LogDamagedException if what was synced has changed since
     */
    void read(long from, EntryBatch into) throws IOException {
        End synced = end;
        Map.Entry<Long, Long> floor = offsets.floorEntry(from);
        long at = floor == null ? SegmentHeader.BYTES : floor.getValue();
        ByteBuffer head = ByteBuffer.allocate(BatchFrame.HEADER_BYTES);
        while (at < synced.bytes() && !into.isFull()) {
            readFully(head.clear(), at);
            int bytes = BatchFrame.HEADER_BYTES + BatchFrame.payloadBytes(head);
            if (bytes <= BatchFrame.HEADER_BYTES || bytes > synced.bytes() - at) {
                throw new LogDamagedException(file, at, "the batch here has changed since it was written");
            }
            if (BatchFrame.firstPosition(head) + BatchFrame.count(head) > from) {
                ByteBuffer frame = ByteBuffer.allocate(bytes);
                readFully(frame, at);
                if (BatchFrame.soundBytes(header.salt(), frame, 0) == 0) {
                    throw new LogDamagedException(file, at, "the batch here has changed since it was written");
                }
                BatchFrame.read(frame, from, into::add);
            }
            at += bytes;
        }
    }

    /** Every synced entry, in order. */
    void readAll(Consumer<EncodedEntry> reader) throws IOException {
        EntryBatch batch;
        for (long from = firstPosition();
                from < nextPosition();
                from += batch.entries().size()) {
            batch = new EntryBatch(Integer.MAX_VALUE, READ_BYTES);
            read(from, batch);
            batch.entries().forEach(reader);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void index(long position, long offset) {
        if (offset - lastIndexed >= INDEXED_BYTES) {
            offsets.put(position, offset);
            lastIndexed = offset;
        }
    }

    private void readFully(ByteBuffer into, long at) throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into, at + into.position()) < 0) {
                throw new LogDamagedException(file, at, "the file is shorter than what was written to it");
            }
        }
        into.flip();
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        long offset = at;
        while (bytes.hasRemaining()) {
            offset += channel.write(bytes, offset);
        }
    }

    private record End(long bytes, long nextPosition) {}
}
