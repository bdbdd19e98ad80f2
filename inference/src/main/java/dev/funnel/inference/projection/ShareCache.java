package dev.funnel.inference.projection;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The shares of items asked for lately, float32. Set-associative as a processor's caches are: an item's place is one of {@value #WAYS}
 * in the set that its index hashes to; the one not used for longest makes room. A set has its own lock, held while a row is copied.
 */
final class ShareCache implements Shares {
    /** Places in a set. */
    static final int WAYS = 8;

    private static final int FREE = -1;

    private final Arena arena = Arena.ofShared();
    private final int sets;
    private final MemorySegment items;
    private final MemorySegment used;
    private final ShareRows rows;
    private final Object[] locks;

    /** Memory of a set: its rows, whose they are, and when they were used. */
    static long setBytes(int width) {
        return WAYS * ((long) width * Float.BYTES + 2 * Integer.BYTES);
    }

    /** @param room for how many items, at least {@value #WAYS} */
    ShareCache(long room, int[] widths) {
        this.sets = Math.toIntExact(room / WAYS);
        long places = (long) sets * WAYS;
        this.items = arena.allocate(places * Integer.BYTES, Integer.BYTES).fill((byte) FREE);
        this.used = arena.allocate(places * Integer.BYTES, Integer.BYTES);
        this.rows = new ShareRows(arena, places, widths);
        this.locks = new Object[Math.min(sets, 1_024)];
        Arrays.setAll(locks, i -> new Object());
    }

    @Override
    public boolean read(int item, MemorySegment[] into, int row) {
        int set = set(item);
        synchronized (locks[set % locks.length]) {
            long place = find(set, item);
            if (place < 0) {
                return false;
            }
            touch(set, place);
            rows.read(place, into, row);
            return true;
        }
    }

    @Override
    public void keep(int item, float[][] shares, int row) {
        int set = set(item);
        synchronized (locks[set % locks.length]) {
            long known = find(set, item);
            long place = known < 0 ? oldest(set) : known;
            items.setAtIndex(ValueLayout.JAVA_INT, place, item);
            touch(set, place);
            rows.write(place, shares, row);
        }
    }

    /** Fibonacci hashing (Knuth, The Art of Computer Programming 3, section 6.4): neighbours go to far sets. */
    private int set(int item) {
        return (int) (((item * 0x9E3779B97F4A7C15L) >>> 33) % sets);
    }

    private long find(int set, int item) {
        for (long place = (long) set * WAYS; place < (set + 1L) * WAYS; place++) {
            if (items.getAtIndex(ValueLayout.JAVA_INT, place) == item) {
                return place;
            }
        }
        return FREE;
    }

    private long oldest(int set) {
        long oldest = (long) set * WAYS;
        for (long place = oldest; place < (set + 1L) * WAYS; place++) {
            if (items.getAtIndex(ValueLayout.JAVA_INT, place) == FREE) {
                return place;
            }
            oldest = usedAt(place) < usedAt(oldest) ? place : oldest;
        }
        return oldest;
    }

    /** Makes the place the youngest of its set; ages are ranks, so that they never run over. */
    private void touch(int set, long place) {
        int before = usedAt(place);
        for (long other = (long) set * WAYS; other < (set + 1L) * WAYS; other++) {
            int age = usedAt(other);
            used.setAtIndex(ValueLayout.JAVA_INT, other, age > before ? age - 1 : age);
        }
        used.setAtIndex(ValueLayout.JAVA_INT, place, WAYS);
    }

    private int usedAt(long place) {
        return used.getAtIndex(ValueLayout.JAVA_INT, place);
    }

    @Override
    public void close() {
        arena.close();
    }
}
