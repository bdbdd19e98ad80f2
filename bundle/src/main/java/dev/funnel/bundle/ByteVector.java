package dev.funnel.bundle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A vector of bytes, a view of mapped memory or of an array. A view of mapped memory may be read until its arena is closed. */
public final class ByteVector {
    private final MemorySegment segment;
    private final long size;

    ByteVector(MemorySegment segment) {
        this.segment = segment;
        this.size = segment.byteSize();
    }

    /** A vector over {@code values}, which is not copied. */
    public static ByteVector of(byte[] values) {
        return new ByteVector(MemorySegment.ofArray(values));
    }

    /** Number of values. */
    public long size() {
        return size;
    }

    /** The value at {@code index}. */
    public byte get(long index) {
        return segment.get(ValueLayout.JAVA_BYTE, index);
    }

    /** A copy of all values; fails for more than 2^31. */
    public byte[] toArray() {
        return segment.toArray(ValueLayout.JAVA_BYTE);
    }

    /** A copy of the values from {@code from} (included) to {@code to} (excluded). */
    public byte[] toArray(long from, long to) {
        return segment.asSlice(from, (to - from)).toArray(ValueLayout.JAVA_BYTE);
    }

    /** The values, one after the other. */
    public MemorySegment segment() {
        return segment;
    }
}
