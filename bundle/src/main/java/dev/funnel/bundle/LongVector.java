package dev.funnel.bundle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A vector of 64-bit integers, a view of mapped memory or of an array. A view of mapped memory may be read until its arena is closed. */
public final class LongVector {
    private final MemorySegment segment;
    private final long size;

    LongVector(MemorySegment segment) {
        this.segment = segment;
        this.size = segment.byteSize() / Long.BYTES;
    }

    /** A vector over {@code values}, which is not copied. */
    public static LongVector of(long[] values) {
        return new LongVector(MemorySegment.ofArray(values));
    }

    /** Number of values. */
    public long size() {
        return size;
    }

    /** The value at {@code index}. */
    public long get(long index) {
        return segment.getAtIndex(ValueLayout.JAVA_LONG, index);
    }

    /** A copy of all values; fails for more than 2^31. */
    public long[] toArray() {
        return segment.toArray(ValueLayout.JAVA_LONG);
    }

    /** A copy of the values from {@code from} (included) to {@code to} (excluded). */
    public long[] toArray(long from, long to) {
        return segment.asSlice(from * Long.BYTES, (to - from) * Long.BYTES).toArray(ValueLayout.JAVA_LONG);
    }

    /** The values, one after the other. */
    public MemorySegment segment() {
        return segment;
    }
}
