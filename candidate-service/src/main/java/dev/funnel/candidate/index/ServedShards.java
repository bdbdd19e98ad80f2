package dev.funnel.candidate.index;

import dev.funnel.bundle.ItemShards;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.ItemTest;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The virtual shards of one bundle version that a process searches: those whose number modulo the number of parts is its part. Users,
 * and the items in their histories, may be of any shard: a process maps the whole bundle and searches its own rows.
 */
public final class ServedShards {
    private final ItemShards shards;
    private final ShardSettings settings;

    public ServedShards(ItemShards shards, ShardSettings settings) {
        this.shards = shards;
        this.settings = settings;
    }

    /** All shards. */
    public static ServedShards all(ItemShards shards) {
        return new ServedShards(shards, ShardSettings.WHOLE);
    }

    /** Whether every item of the bundle is searched. */
    public boolean whole() {
        return settings.of() == 1;
    }

    /** How many shards the bundle has. */
    public int count() {
        return shards.count();
    }

    public boolean serves(int shard) {
        return shard < count() && settings.serves(shard);
    }

    /** The shards served, ascending. */
    public List<Integer> served() {
        return IntStream.range(0, count()).filter(this::serves).boxed().toList();
    }

    /** The rows of a shard. */
    RowRange rows(int shard) {
        return new RowRange(shards.from(shard), shards.to(shard));
    }

    /** Passes the items that are of these shards, among those of a table or of a live table over it. */
    public ItemTest within(ItemTable items, List<Integer> wanted) {
        boolean[] searched = new boolean[count()];
        wanted.forEach(shard -> searched[shard] = true);
        return item -> searched[shards.shardOf(items, item)];
    }

    /** The shard of an item. */
    public int shardOf(ItemTable items, int itemIndex) {
        return shards.shardOf(items, itemIndex);
    }
}
