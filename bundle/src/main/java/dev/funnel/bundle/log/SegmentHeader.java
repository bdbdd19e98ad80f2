package dev.funnel.bundle.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The first 32 bytes of a segment: 8 magic, 4 format, 8 position of the first entry, 8 salt, 4 CRC-32C of these, big-endian. The file
 * is named by the same position, {@code 00000000000000000001.items}.
 *
 * @param firstPosition position that its first entry has
 * @param salt random; what the checksums of its batches begin with
 */
record SegmentHeader(long firstPosition, long salt) {
    static final int BYTES = 32;

    private static final byte[] MAGIC = "FUNNELIL".getBytes(StandardCharsets.US_ASCII);
    private static final int FORMAT = 1;
    private static final int CRC_AT = BYTES - Integer.BYTES;
    private static final Pattern NAME = Pattern.compile("(\\d{20})\\.items");

    static Path file(Path folder, long firstPosition) {
        return folder.resolve(String.format(Locale.ROOT, "%020d.items", firstPosition));
    }

    /** The first position that a file's name says; empty if the file is no segment. */
    static OptionalLong position(Path file) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        return name.matches() ? OptionalLong.of(Long.parseLong(name.group(1))) : OptionalLong.empty();
    }

    ByteBuffer write() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.put(MAGIC).putInt(FORMAT).putLong(firstPosition).putLong(salt);
        return bytes.putInt(checksum(bytes)).flip();
    }

    /** Reads the header of a file; empty if it is not sound. */
    static Optional<SegmentHeader> read(ByteBuffer file) {
        if (file.limit() < BYTES
                || !file.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))
                || file.getInt(MAGIC.length) != FORMAT
                || file.getInt(CRC_AT) != checksum(file)) {
            return Optional.empty();
        }
        return Optional.of(new SegmentHeader(file.getLong(12), file.getLong(20)));
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(0, CRC_AT));
        return (int) crc.getValue();
    }
}
