package dev.funnel.bundle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The split of a catalogue into virtual shards. An item belongs to a shard by its id alone ({@link #of(String, int)}), so that an item
 * added live has one too. The item table holds the items of shard 0 first, then those of shard 1, and so on: what belongs to a shard
 * in any file of the bundle is one range of rows.
 *
 * <p>The rule, for whoever writes bundles elsewhere: the 64-bit FNV-1a hash of the id's UTF-8 bytes, its upper half xored into its
 * lower, as an unsigned 32-bit number, modulo the number of shards.
 */
public final class ItemShards {
    /** Most shards that a catalogue can have. */
    public static final int MOST = 4_096;

    /** Fowler, Noll, Vo (1991), 64 bits. */
    private static final long FNV_OFFSET = 0xcbf2_9ce4_8422_2325L;

    private static final long FNV_PRIME = 0x100_0000_01b3L;

    /** Shard s holds the rows from {@code starts[s]} to before {@code starts[s + 1]}. */
    private final int[] starts;

    private ItemShards(int[] starts) {
        this.starts = starts;
    }

    /** A catalogue of so many items that is one shard. */
    public static ItemShards one(int items) {
        return new ItemShards(new int[] {0, items});
    }

    /**
     * The shards of a table's stored items.
     *
     * @throws IllegalArgumentException naming the first item that does not stand in its shard's range
     */
    public static ItemShards of(ItemTable items, int count) {
        Bounds.check("number of shards", count, 1, MOST);
        if (count == 1) {
            return one(items.storedSize());
        }
        int[] starts = new int[count + 1];
        int shard = 0;
        for (int row = 0; row < items.storedSize(); row++) {
            int own = of(items.id(row), count);
            if (own < shard) {
                throw new IllegalArgumentException("item " + items.id(row) + " in row " + row + " is of shard " + own
                        + " and stands after items of shard " + shard + ": rows have to be in the order of shards");
            }
            while (shard < own) {
                starts[++shard] = row;
            }
        }
        Arrays.fill(starts, shard + 1, count + 1, items.storedSize());
        return new ItemShards(starts);
    }

    /** The shard, from 0, of the item with this id among {@code count} shards. */
    public static int of(String id, int count) {
        if (count == 1) {
            return 0;
        }
        long hash = FNV_OFFSET;
        for (byte octet : id.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * FNV_PRIME;
        }
        return Integer.remainderUnsigned((int) (hash ^ (hash >>> 32)), count);
    }

    /** How many shards there are, at least 1. */
    public int count() {
        return starts.length - 1;
    }

    /** The first row of a shard. */
    public int from(int shard) {
        return starts[shard];
    }

    /** The row after the last of a shard. */
    public int to(int shard) {
        return starts[shard + 1];
    }

    /** The shard of an item of the table or of a live table over it. */
    public int shardOf(ItemTable items, int itemIndex) {
        if (itemIndex >= starts[count()]) {
            return of(items.id(itemIndex), count());
        }
        int at = Arrays.binarySearch(starts, itemIndex);
        int last = at < 0 ? -at - 2 : at;
        while (starts[last + 1] == itemIndex) {
            last++; // empty shards start where the next one does
        }
        return last;
    }
}
