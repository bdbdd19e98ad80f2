package dev.funnel.candidate.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.funnel.bundle.ItemPredicate;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.ItemTest;
import dev.funnel.bundle.PredicateContext;
import dev.funnel.retrieval.ItemFilter;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Item predicates as bitmaps over the items of one bundle version, so that a search knows what a filter leaves before it begins. A bitmap
 * is made when a predicate is asked about again, when there is time; until then, and for what depends on the query's time, user
 * or seed item, items are tested one by one. Either way the same items pass.
 *
 * <p>A bitmap says what the bundle's own values say. Items that changed since are tested one by one always.
 */
public final class PredicateBitmaps {
    /** Places to remember what was asked once; where two predicates share one, they may wait for their bitmaps. */
    private static final int ASKED = 1 << 12;

    private static final int BYTES_OF_AN_ENTRY = 256;
    private static final int BYTES_OF_A_VALUE = 64;

    private final ItemTable stored;
    private final long mostBytes;
    private final Caches.Lookups lookups;
    private final Cache<ItemPredicate, Bitmap> bitmaps;
    private final AtomicIntegerArray asked = new AtomicIntegerArray(ASKED);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Bitmap(long[] words, ItemFilter filter) {}

    PredicateBitmaps(ItemTable stored, long mostBytes, Caches.Lookups lookups) {
        this.stored = stored;
        this.mostBytes = mostBytes;
        this.lookups = lookups;
        this.bitmaps = Caffeine.newBuilder()
                .maximumWeight(mostBytes)
                .weigher((ItemPredicate predicate, Bitmap bitmap) -> bytes(predicate))
                .executor(Runnable::run)
                .build();
    }

    /**
     * A filter that passes what a predicate passes.
     *
     * @param direct the predicate, compiled for {@code items} and the query: it is known to be sound
     * @param items the bundle's, or a live table over them
     * @param later makes a bitmap when there is time
     */
    public ItemFilter filter(
            ItemPredicate predicate, ItemTest direct, ItemTable items, PredicateContext context, Later later) {
        PredicateParts parts = PredicateParts.of(predicate, context);
        if (parts.fixed().isEmpty() || direct == ItemTest.ALL) {
            return ItemFilter.of(direct);
        }
        ItemPredicate fixed = PredicateParts.all(parts.fixed());
        Bitmap bitmap = bitmaps.getIfPresent(fixed);
        if (bitmap == null) {
            lookups.misses().add(1);
            make(fixed, later);
            return ItemFilter.of(direct);
        }
        lookups.hits().add(1);
        ItemTest rest = rest(parts.changing(), items, context);
        BitSet changed = items.changed();
        return changed.isEmpty()
                ? bitmap.filter.and(rest)
                : withChanged(bitmap.words, changed, items.size())
                        .and(item -> changed.get(item) ? direct.test(item) : rest.test(item));
    }

    private static ItemTest rest(List<ItemPredicate> changing, ItemTable items, PredicateContext context) {
        return changing.isEmpty() ? ItemTest.ALL : PredicateParts.all(changing).compile(items, context);
    }

    /** What the bitmap lets pass, and whatever has changed. */
    private static ItemFilter withChanged(long[] words, BitSet changed, int size) {
        long[] both = Arrays.copyOf(words, Math.ceilDiv(size, Long.SIZE));
        long[] more = changed.toLongArray();
        for (int i = 0; i < more.length; i++) {
            both[i] |= more[i];
        }
        return ItemFilter.accepting(both);
    }

    private void make(ItemPredicate predicate, Later later) {
        int hash = predicate.hashCode();
        boolean again = asked.getAndSet(Math.floorMod(hash, ASKED), hash) == hash;
        if (again && bytes(predicate) <= mostBytes) {
            later.offer(() -> bitmaps.put(predicate, bitmap(predicate)));
        }
    }

    private Bitmap bitmap(ItemPredicate predicate) {
        ItemTest test = predicate.compile(stored, PredicateContext.EMPTY);
        long[] words = new long[Math.ceilDiv(stored.size(), Long.SIZE)];
        for (int item = 0; item < stored.size(); item++) {
            if (test.test(item)) {
                words[item >>> 6] |= 1L << item;
            }
        }
        return new Bitmap(words, ItemFilter.accepting(words));
    }

    private int bytes(ItemPredicate predicate) {
        return BYTES_OF_AN_ENTRY + stored.size() / Byte.SIZE + BYTES_OF_A_VALUE * values(predicate);
    }

    private static int values(ItemPredicate predicate) {
        return switch (predicate) {
            case ItemPredicate.All(List<ItemPredicate> all) -> values(all);
            case ItemPredicate.Any(List<ItemPredicate> any) -> values(any);
            case ItemPredicate.Not(ItemPredicate not) -> values(not);
            case ItemPredicate.In in -> in.values().size();
            case ItemPredicate.Equal _, ItemPredicate.Range _, ItemPredicate.Present _ -> 1;
        };
    }

    private static int values(List<ItemPredicate> predicates) {
        return predicates.stream().mapToInt(PredicateBitmaps::values).sum();
    }
}
