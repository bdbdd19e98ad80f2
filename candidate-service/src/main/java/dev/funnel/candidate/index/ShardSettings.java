package dev.funnel.candidate.index;

import dev.funnel.bundle.ItemShards;
import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;

/**
 * Which virtual shards of every bundle a process serves: the {@code shards} section of its configuration. Whatever number of shards a
 * bundle has, the parts 0 to {@code of - 1} together serve each once.
 *
 * @param part from 0
 * @param of how many parts there are; 1: this process serves all
 */
public record ShardSettings(
        @Default("0") int part, @Default("1") int of) {
    /** All shards. */
    public static final ShardSettings WHOLE = new ShardSettings(0, 1);

    public ShardSettings {
        Rule.between("of", of, 1, ItemShards.MOST);
        Rule.between("part", part, 0, of - 1);
    }

    boolean serves(int shard) {
        return shard % of == part;
    }
}
