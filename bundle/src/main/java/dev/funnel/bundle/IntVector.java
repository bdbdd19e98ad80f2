package dev.funnel.bundle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A vector of 32-bit integers, a view of mapped memory or of an array. A view of mapped memory may be read until its arena is closed. */
public final class IntVector {
    private final MemorySegment segment;
    private final long size;

    IntVector(MemorySegment segment) {
        this.segment = segment;
        this.size = segment.byteSize() / Integer.BYTES;
    }

    /** A vector over {@code values}, which is not copied. */
    public static IntVector of(int[] values) {
        return new IntVector(MemorySegment.ofArray(values));
    }

    /** Number of values. */
    public long size() {
        return size;
    }

    /** The value at {@code index}. */
    public int get(long index) {
        return segment.getAtIndex(ValueLayout.JAVA_INT, index);
    }

    /** A copy of all values; fails for more than 2^31. */
    public int[] toArray() {
        return segment.toArray(ValueLayout.JAVA_INT);
    }

    /** A copy of the values from {@code from} (included) to {@code to} (excluded). */
    public int[] toArray(long from, long to) {
        return segment.asSlice(from * Integer.BYTES, (to - from) * Integer.BYTES)
                .toArray(ValueLayout.JAVA_INT);
    }

    /** The values, one after the other. */
    public MemorySegment segment() {
        return segment;
    }
}
