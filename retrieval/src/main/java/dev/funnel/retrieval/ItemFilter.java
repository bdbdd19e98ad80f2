package dev.funnel.retrieval;

import dev.funnel.bundle.ItemTest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which items a search may return, in the form that lets an index choose how to search: a bitmap of what may pass, where there
 * is one, and a test of what of that does.
 *
 * <p>An index goes by the bitmap alone when it leaves few items, and needs {@link #share} to know. Bitmaps combine word by word,
 * at 16,000 words for a million items; tests are asked in turn. Immutable; safe for several threads as far as its tests are.
 */
public final class ItemFilter implements ItemTest {

    /** Lets every item pass. */
    public static final ItemFilter ALL = new ItemFilter(null, 0, ItemTest.ALL);

    /** Items that are asked to estimate how many pass a test; the estimate's standard error is at most 1 / (2 sqrt(512)) = .022. */
    private static final int SAMPLES = 512;

    /** 2^64 over the golden ratio: multiples of it, modulo 2^64, are spread evenly (Knuth 1998, TAOCP volume 3, section 6.4). */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** Item i may pass if bit i % 64 of word i / 64 is set; what lies beyond may not. Null: every item may. */
    private final long @Nullable [] words;

    private final int accepted;
    private final ItemTest rest;
    /** What was estimated last: the same whoever estimates it, so that a race does no harm. */
    private @Nullable Share known;

    private record Share(int size, double share) {}

    private ItemFilter(long @Nullable [] words, int accepted, ItemTest rest) {
        this.words = words;
        this.accepted = accepted;
        this.rest = rest;
    }

    /** The filter that is a test: the test itself if it is a filter already. */
    public static ItemFilter of(ItemTest test) {
        if (test instanceof ItemFilter filter) {
            return filter;
        }
        return test == ItemTest.ALL ? ALL : new ItemFilter(null, 0, test);
    }

    /**
     * Lets the items of a bitmap pass and no others.
     *
     * @param words item i passes if bit i % 64 of word i / 64 is set; kept, not copied: nobody may change it
     */
    public static ItemFilter accepting(long[] words) {
        int accepted = 0;
        for (long word : words) {
            accepted += Long.bitCount(word);
        }
        return new ItemFilter(words, accepted, ItemTest.ALL);
    }

    /** Lets the items of a set pass and no others; copies it. */
    public static ItemFilter accepting(BitSet items) {
        return accepting(items.toLongArray());
    }

    /**
     * Lets all but the items listed pass.
     *
     * @param items item indexes in any order, as many as there are; what is not below {@code size} is passed over
     * @param size how many items there are
     */
    public static ItemFilter rejecting(int[] items, int size) {
        long[] words = new long[Math.ceilDiv(size, Long.SIZE)];
        Arrays.fill(words, -1L);
        if (size % Long.SIZE != 0) {
            words[words.length - 1] = -1L >>> -size;
        }
        for (int item : items) {
            if (item >= 0 && item < size) {
                words[item >>> 6] &= ~(1L << item);
            }
        }
        return accepting(words);
    }

    @Override
    public boolean test(int itemIndex) {
        return mayPass(itemIndex) && rest.test(itemIndex);
    }

    /** Passes what this and {@code other} pass: one bitmap if both have one, one test if both have one. */
    @Override
    public ItemFilter and(ItemTest other) {
        ItemFilter filter = of(other);
        ItemTest tests = rest == ItemTest.ALL ? filter.rest : rest.and(filter.rest);
        if (words == null || filter.words == null) {
            ItemFilter bits = words == null ? filter : this;
            return bits.words == null && tests == ItemTest.ALL ? ALL : new ItemFilter(bits.words, bits.accepted, tests);
        }
        return new ItemFilter(null, 0, tests).within(intersection(words, filter.words));
    }

    /** The filter of the items {@code from} to before {@code to}, counted from 0: item i is item {@code from + i} of this one. */
    public ItemFilter within(int from, int to) {
        if (acceptsAll()) {
            return ALL;
        }
        ItemTest shifted = rest == ItemTest.ALL ? ItemTest.ALL : item -> rest.test(from + item);
        return words == null
                ? new ItemFilter(null, 0, shifted)
                : new ItemFilter(null, 0, shifted).within(slice(words, from, to));
    }

    /** Whether it is known to let every item pass. */
    public boolean acceptsAll() {
        return words == null && rest == ItemTest.ALL;
    }

    /** Whether a bitmap bounds what passes, so that {@link #next} skips what does not. */
    public boolean hasBitmap() {
        return words != null;
    }

    /** Whether the bitmap, if there is one, lets the item pass: all a test would be asked about. */
    public boolean mayPass(int itemIndex) {
        return words == null || (itemIndex >>> 6 < words.length && (words[itemIndex >>> 6] & (1L << itemIndex)) != 0);
    }

    /** The first item of the bitmap that is not below {@code from}, or {@code size} if there is none; without one, {@code from}. */
    public int next(int from, int size) {
        if (words == null || from >= size) {
            return Math.min(from, size);
        }
        int at = from >>> 6;
        long word = at < words.length ? words[at] & (-1L << from) : 0;
        while (word == 0) {
            if (++at >= words.length) {
                return size;
            }
            word = words[at];
        }
        return Math.min(size, (at << 6) + Long.numberOfTrailingZeros(word));
    }

    /**
     * The share of {@code size} items that pass, 0 to 1: counted in a bitmap, estimated for a test by asking about
     * {@value #SAMPLES} items spread over those that the bitmap leaves.
     */
    public double share(int size) {
        if (size == 0 || acceptsAll()) {
            return 1;
        }
        Share estimate = known;
        if (estimate == null || estimate.size() != size) {
            double bitmap = words == null ? 1 : Math.min(1, (double) accepted / size);
            estimate = new Share(size, bitmap * passRate(size));
            known = estimate;
        }
        return estimate.share();
    }

    private ItemFilter within(long[] bitmap) {
        ItemFilter bits = accepting(bitmap);
        return new ItemFilter(bitmap, bits.accepted, rest);
    }

    /** The bits {@code from} to before {@code to}, from bit 0 on. */
    private static long[] slice(long[] words, int from, int to) {
        long[] slice = new long[Math.ceilDiv(to - from, Long.SIZE)];
        for (int i = 0; i < slice.length; i++) {
            int at = (from >>> 6) + i;
            long low = at < words.length ? words[at] >>> from : 0;
            long high = from % Long.SIZE == 0 || at + 1 >= words.length ? 0 : words[at + 1] << -from;
            slice[i] = low | high;
        }
        if ((to - from) % Long.SIZE != 0) {
            slice[slice.length - 1] &= -1L >>> (from - to);
        }
        return slice;
    }

    private static long[] intersection(long[] one, long[] other) {
        long[] both = Arrays.copyOf(one, Math.min(one.length, other.length));
        for (int i = 0; i < both.length; i++) {
            both[i] &= other[i];
        }
        return both;
    }

    /** The share of the bitmap's items that pass the test. */
    private double passRate(int size) {
        if (rest == ItemTest.ALL) {
            return 1;
        }
        int asked = 0;
        int passed = 0;
        int samples = Math.min(SAMPLES, size);
        for (int sample = 0; sample < samples; sample++) {
            int item = next((int) (((SPREAD * sample >>> 33) * size) >>> 31), size);
            if (item < size) {
                asked++;
                passed += rest.test(item) ? 1 : 0;
            }
        }
        return asked == 0 ? 0 : (double) passed / asked;
    }

    @Override
    public String toString() {
        String bitmap = words == null ? "" : "bitmap of " + accepted + " items";
        String test = Objects.equals(rest, ItemTest.ALL) ? "" : "a test";
        return acceptsAll() ? "everything" : bitmap + (bitmap.isEmpty() || test.isEmpty() ? "" : " and ") + test;
    }
}
