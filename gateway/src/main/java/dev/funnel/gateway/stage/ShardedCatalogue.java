package dev.funnel.gateway.stage;

import java.util.Comparator;
import java.util.function.ToIntFunction;

/**
 * What has to be known of a bundle version's items to ask several processes for shards of them, and to merge what they find.
 *
 * @param shards into how many virtual shards the items are split
 * @param itemIndex the index of an item by its id, by which indexes order items of one score; negative for an item that the bundle does
 *     not hold
 */
public record ShardedCatalogue(int shards, ToIntFunction<String> itemIndex) {
    /** One shard, of which no item is known. */
    public static final ShardedCatalogue UNSHARDED = new ShardedCatalogue(1, id -> -1);

    /** The order in which an index returns items of one score: by index, then, for those without, by id. */
    Comparator<String> order() {
        return Comparator.comparingInt(this::rank).thenComparing(Comparator.naturalOrder());
    }

    private int rank(String id) {
        int index = itemIndex.applyAsInt(id);
        return index < 0 ? Integer.MAX_VALUE : index;
    }
}
