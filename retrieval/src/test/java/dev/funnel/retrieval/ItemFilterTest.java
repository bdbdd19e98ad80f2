package dev.funnel.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.funnel.bundle.ItemTest;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ItemFilterTest {
    private static final long SEED = 5;
    private static final int ITEMS = 1 << 14;

    private static BitSet random(double share, long seed) {
        Random random = new Random(seed);
        BitSet bits = new BitSet();
        for (int item = 0; item < ITEMS; item++) {
            bits.set(item, random.nextDouble() < share);
        }
        return bits;
    }

    @Test
    void what_two_filters_pass_together_is_what_both_pass() {
        BitSet one = random(0.3, SEED);
        BitSet other = random(0.6, SEED + 1);
        ItemTest even = item -> item % 2 == 0;
        ItemFilter all = ItemFilter.accepting(one)
                .and(even)
                .and(ItemFilter.of(item -> item % 3 == 0))
                .and(ItemFilter.accepting(other));
        for (int item = 0; item < ITEMS; item++) {
            assertEquals(one.get(item) && other.get(item) && item % 6 == 0, all.test(item), "item " + item);
        }
        assertTrue(all.hasBitmap());
    }

    @Test
    void stepping_from_item_to_item_meets_every_item_of_the_bitmap() {
        BitSet bits = random(0.01, SEED);
        ItemFilter filter = ItemFilter.accepting(bits);
        BitSet met = new BitSet();
        for (int item = filter.next(0, ITEMS); item < ITEMS; item = filter.next(item + 1, ITEMS)) {
            met.set(item);
        }
        assertEquals(bits, met);
        assertEquals(100, filter.next(100, 100));
        assertEquals(7, ItemFilter.ALL.next(7, 100));
    }

    @Test
    void rejected_items_do_not_pass_and_all_others_do() {
        ItemFilter filter = ItemFilter.rejecting(new int[] {3, 64, 3, 99, 100, -1}, 100);
        for (int item = 0; item < 100; item++) {
            assertEquals(item != 3 && item != 64 && item != 99, filter.test(item), "item " + item);
        }
        assertEquals(0.97, filter.share(100), 1e-9);
        assertFalse(filter.test(100));
    }

    @Test
    void the_share_of_a_bitmap_is_counted_and_that_of_a_test_estimated() {
        BitSet bits = random(0.1, SEED);
        double share = bits.cardinality() / (double) ITEMS;
        assertEquals(share, ItemFilter.accepting(bits).share(ITEMS));
        assertEquals(share, ItemFilter.of(bits::get).share(ITEMS), 0.05);
        assertEquals(0.5, ItemFilter.of(item -> item % 2 == 0).share(ITEMS), 0.1);
        assertEquals(
                share / 2, ItemFilter.accepting(bits).and(item -> item % 2 == 0).share(ITEMS), 0.02);
        assertEquals(1, ItemFilter.ALL.share(ITEMS));
        assertEquals(0, ItemFilter.of(ItemTest.NONE).share(ITEMS));
    }

    @Test
    void a_filter_stays_itself() {
        ItemFilter filter = ItemFilter.accepting(new long[] {1});
        assertSame(filter, ItemFilter.of(filter));
        assertSame(ItemFilter.ALL, ItemFilter.of(ItemTest.ALL));
        assertSame(ItemFilter.ALL, ItemFilter.ALL.and(ItemTest.ALL));
    }
}
