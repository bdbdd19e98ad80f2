package dev.funnel.retrieval;

import java.util.Arrays;

/**
 * A binary heap of items and scores, each pair packed into one long so that better pairs are greater numbers: the higher score is
 * better, of equal scores the lower item. Its root is the worst pair, or the best, as asked for. Grows as needed; not for several
 * threads.
 *
 * <p>A new root sinks to the bottom without a look at what it is and then rises: what replaces a root mostly belongs near
 * the bottom, and the way down takes no branch that depends on data (Wegener 1993, <i>Bottom-up heapsort</i>).
 */
public final class ScoreHeap {

    /** Makes the best pair the root by turning the order round. */
    private final long flip;

    private long[] pairs;
    private int size;

    private ScoreHeap(int capacity, long flip) {
        this.pairs = new long[Math.max(4, capacity)];
        this.flip = flip;
    }

    /** A heap whose root is the worst pair. */
    public static ScoreHeap worstFirst(int capacity) {
        return new ScoreHeap(capacity, 0);
    }

    /** A heap whose root is the best pair. */
    public static ScoreHeap bestFirst(int capacity) {
        return new ScoreHeap(capacity, -1);
    }

    /** Packs a pair: of two pairs the better is the greater number. The score is not NaN; -0 counts as 0. */
    public static long pair(int item, float score) {
        int bits = Float.floatToRawIntBits(score + 0f);
        int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
        return (long) ascending << Integer.SIZE | (~item & 0xFFFF_FFFFL);
    }

    /** The item of a pair. */
    public static int item(long pair) {
        return ~(int) pair;
    }

    /** The score of a pair. */
    public static float score(long pair) {
        int ascending = (int) (pair >> Integer.SIZE);
        return Float.intBitsToFloat(ascending ^ ((ascending >> 31) & Integer.MAX_VALUE));
    }

    /** How many pairs it holds. */
    public int size() {
        return size;
    }

    /** Forgets all pairs. */
    public void clear() {
        size = 0;
    }

    /** The root of a heap that is not empty. */
    public long root() {
        return pairs[0] ^ flip;
    }

    /** Adds a pair. */
    public void add(long pair) {
        if (size == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * size);
        }
        rise(size++, pair ^ flip);
    }

    /** Replaces the root of a heap that is not empty. */
    public void replaceRoot(long pair) {
        rise(sink(), pair ^ flip);
    }

    /** Takes the root from a heap that is not empty. */
    public long removeRoot() {
        long root = root();
        long last = pairs[--size];
        if (size > 0) {
            rise(sink(), last);
        }
        return root;
    }

    /** Lets the hole at the root sink to the bottom; returns where it ends. */
    private int sink() {
        long[] heap = pairs;
        int hole = 0;
        int child = 1;
        while (child + 1 < size) {
            child += less(heap[child + 1], heap[child]);
            heap[hole] = heap[child];
            hole = child;
            child = 2 * hole + 1;
        }
        if (child < size) {
            heap[hole] = heap[child];
            hole = child;
        }
        return hole;
    }

    /** 1 if one is less than the other, otherwise 0, without a branch (Warren 2012, <i>Hacker's Delight</i>, section 2-12). */
    private static int less(long one, long other) {
        long difference = one - other;
        return (int) ((difference ^ ((one ^ other) & (difference ^ one))) >>> (Long.SIZE - 1));
    }

    private void rise(int from, long value) {
        long[] heap = pairs;
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (heap[parent] <= value) {
                break;
            }
            heap[at] = heap[parent];
            at = parent;
        }
        heap[at] = value;
    }
}
