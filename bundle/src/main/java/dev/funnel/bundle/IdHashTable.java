package dev.funnel.bundle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds the row of an id in about one probe: rows in open addressing with linear probing, at most half full, 8 to 16 bytes of heap a row. A binary
 * search over a million ids misses the cache at every one of its last steps; this misses three times. The hash is seeded anew in
 * every process, so that no choice of ids makes the probes long.
 */
final class IdHashTable {
    /** Most ids a table can hold. */
    static final int MAX_ROWS = 1 << 29;

    private static final int EMPTY = -1;
    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

    private final StringVector ids;
    private final int[] slots;
    private final long seed = ThreadLocalRandom.current().nextLong();

    /** A table of {@code ids}, which are distinct. */
    IdHashTable(StringVector ids) {
        this.ids = ids;
        this.slots = new int[slots(ids.size())];
        Arrays.fill(slots, EMPTY);
        for (int row = 0; row < ids.size(); row++) {
            int slot = slot(ids.hash(row, seed));
            while (slots[slot] != EMPTY) {
                slot = next(slot);
            }
            slots[slot] = row;
        }
    }

    private static int slots(int rows) {
        return Integer.highestOneBit(Math.clamp(rows * 4L - 1, 1, 1 << 30));
    }

    /** The row of the id with the bytes {@code key}, or -1. */
    int indexOf(MemorySegment key) {
        int slot = slot(hash(key, 0, key.byteSize(), seed));
        while (slots[slot] != EMPTY && ids.compare(slots[slot], key) != 0) {
            slot = next(slot);
        }
        return slots[slot];
    }

    private int slot(long hash) {
        return (int) (hash >>> 32) & (slots.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (slots.length - 1);
    }

    /** Hash of the bytes from {@code start} to {@code end}, eight at a time; its upper half is the better one. */
    static long hash(MemorySegment bytes, long start, long end, long seed) {
        long hash = seed ^ (end - start);
        long at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = mix(hash ^ bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at));
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = (rest << Byte.SIZE) | (bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff);
        }
        return mix(hash ^ rest);
    }

    private static long mix(long value) {
        long product = value * MULTIPLIER;
        return product ^ (product >>> 29);
    }
}
