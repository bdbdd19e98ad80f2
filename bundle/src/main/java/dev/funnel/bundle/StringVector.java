package dev.funnel.bundle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * A vector of UTF-8 strings in two tensors: all bytes one after the other, and the offset where each string starts (one more
 * than there are strings). Comparing does not decode: the order of strings here is the order of their unsigned bytes, which is the order
 * of their code points.
 */
public final class StringVector {
    private final MemorySegment bytes;
    private final LongVector offsets;
    private final int size;

    StringVector(ByteVector bytes, LongVector offsets) {
        this.bytes = bytes.segment();
        this.offsets = offsets;
        this.size = Math.toIntExact(offsets.size() - 1);
    }

    /** Reads {@code <prefix>.bytes} and {@code <prefix>.offsets}; offsets must be in order and every string valid UTF-8. */
    public static StringVector read(TensorFile file, String prefix) throws BundleRefusedException {
        ByteVector bytes = file.bytes(prefix + ".bytes");
        LongVector offsets = file.offsets(prefix + ".offsets", bytes.size());
        if (offsets.size() > Integer.MAX_VALUE) {
            throw file.refused(prefix + ".offsets", "has " + offsets.size() + " values, at most 2^31 - 1 are allowed");
        }
        StringVector strings = new StringVector(bytes, offsets);
        int broken = Utf8.firstInvalid(strings.bytes, offsets);
        if (broken >= 0) {
            throw file.refused(prefix + ".bytes", "is not UTF-8 in string " + broken);
        }
        return strings;
    }

    /** Number of strings. */
    public int size() {
        return size;
    }

    /** String {@code index}, decoded. */
    public String value(int index) {
        long start = offsets.get(index);
        byte[] copy = bytes.asSlice(start, offsets.get(index + 1L) - start).toArray(ValueLayout.JAVA_BYTE);
        return new String(copy, StandardCharsets.UTF_8);
    }

    /** Length of string {@code index} in bytes. */
    public long bytes(int index) {
        return offsets.get(index + 1L) - offsets.get(index);
    }

    /** Compares string {@code index} with {@code key}, bytes of UTF-8, without allocating: negative, 0 or positive. */
    int compare(int index, MemorySegment key) {
        return compare(bytes, offsets.get(index), offsets.get(index + 1L), key, 0, key.byteSize());
    }

    /** Compares two strings of this vector. */
    int compare(int left, int right) {
        return compare(
                bytes, offsets.get(left), offsets.get(left + 1L), bytes, offsets.get(right), offsets.get(right + 1L));
    }

    /** Seeded hash of string {@code index}. */
    long hash(int index, long seed) {
        return IdHashTable.hash(bytes, offsets.get(index), offsets.get(index + 1L), seed);
    }

    /** The bytes of {@code text} as a key for {@link #compare(int, MemorySegment)}. */
    static MemorySegment key(String text) {
        return MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8));
    }

    private static int compare(
            MemorySegment left, long leftStart, long leftEnd, MemorySegment right, long rightStart, long rightEnd) {
        long at = MemorySegment.mismatch(left, leftStart, leftEnd, right, rightStart, rightEnd);
        if (at < 0) {
            return 0;
        }
        if (leftStart + at == leftEnd || rightStart + at == rightEnd) {
            return Long.compare(leftEnd - leftStart, rightEnd - rightStart);
        }
        return Byte.compareUnsigned(
                left.get(ValueLayout.JAVA_BYTE, leftStart + at), right.get(ValueLayout.JAVA_BYTE, rightStart + at));
    }
}
