package dev.funnel.bundle.log;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Entries that are written and synced together, as they lie in a segment, big-endian:
 *
 * <pre>
 *   4  magic
 *   4  bytes of the entries
 *   8  position of the first entry; the others follow one by one
 *   4  number of entries
 *   4  CRC-32C of the segment's salt, the 16 bytes before this field but the magic, and the entries
 *   n  the entries, each a varint length and a message ItemLogEntry
 * </pre>
 *
 * The next batch is written only when this one is on the disk, so whatever a crash leaves behind is at most one batch, at the end. The
 * salt is random, so that nothing a caller can put into an item looks like a batch.
 */
final class BatchFrame {
    static final int HEADER_BYTES = 24;
    static final int MAX_BYTES = 32 << 20;

    /** "FLBA". */
    static final int MAGIC = 0x464C4241;

    private static final int LENGTH_AT = 4;
    private static final int POSITION_AT = 8;
    private static final int COUNT_AT = 16;
    private static final int CRC_AT = 20;

    private BatchFrame() {}

    /** A batch of entries with positions that follow one by one. */
    static ByteBuffer write(long salt, List<EncodedEntry> entries) throws IOException {
        int payload = 0;
        for (EncodedEntry entry : entries) {
            payload += CodedOutputStream.computeByteArraySizeNoTag(entry.bytes());
        }
        ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + payload);
        CodedOutputStream out = CodedOutputStream.newInstance(frame.array(), HEADER_BYTES, payload);
        for (EncodedEntry entry : entries) {
            out.writeByteArrayNoTag(entry.bytes());
        }
        out.checkNoSpaceLeft();
        frame.putInt(0, MAGIC)
                .putInt(LENGTH_AT, payload)
                .putLong(POSITION_AT, entries.getFirst().position())
                .putInt(COUNT_AT, entries.size());
        return frame.putInt(CRC_AT, checksum(salt, frame));
    }

    /** The bytes of the whole batch that begins at {@code at}; 0 if no whole and sound batch does. */
    static int soundBytes(long salt, ByteBuffer file, int at) {
        if (file.limit() - at < HEADER_BYTES || file.getInt(at) != MAGIC) {
            return 0;
        }
        int length = file.getInt(at + LENGTH_AT);
        if (length < 1 || length > MAX_BYTES || length > file.limit() - at - HEADER_BYTES) {
            return 0;
        }
        ByteBuffer frame = file.slice(at, HEADER_BYTES + length);
        return frame.getInt(CRC_AT) == checksum(salt, frame) ? HEADER_BYTES + length : 0;
    }

    static int payloadBytes(ByteBuffer header) {
        return header.getInt(LENGTH_AT);
    }

    static long firstPosition(ByteBuffer frame) {
        return frame.getLong(POSITION_AT);
    }

    static int count(ByteBuffer frame) {
        return frame.getInt(COUNT_AT);
    }

    /** Gives the entries of a sound batch from position {@code from} on. */
    static void read(ByteBuffer frame, long from, Consumer<EncodedEntry> reader) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(frame.slice(HEADER_BYTES, payloadBytes(frame)));
        long position = firstPosition(frame);
        for (int i = 0; i < count(frame); i++, position++) {
            int length = in.readRawVarint32();
            if (position < from) {
                in.skipRawBytes(length);
            } else {
                reader.accept(new EncodedEntry(position, in.readRawBytes(length)));
            }
        }
    }

    private static int checksum(long salt, ByteBuffer frame) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, salt));
        crc.update(frame.slice(LENGTH_AT, CRC_AT - LENGTH_AT));
        crc.update(frame.slice(HEADER_BYTES, payloadBytes(frame)));
        return (int) crc.getValue();
    }
}
