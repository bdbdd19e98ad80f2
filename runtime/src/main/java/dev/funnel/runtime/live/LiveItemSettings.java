package dev.funnel.runtime.live;

import dev.funnel.runtime.config.Default;
import dev.funnel.runtime.config.Rule;

/**
 * How much a process remembers of the item log: the {@code live_items} section of every service's configuration. The log's own bounds
 * must not be larger: what it accepts, every replica has to hold.
 *
 * @param maxItems items that may differ from those of a bundle version, added, changed and removed ones together, 1 to 10 million
 * @param maxChanges changes newer than the oldest bundle version, 1 to 10 million; where it matters who watched an item, a change that
 *     names watchers counts as two
 */
public record LiveItemSettings(
        @Default("100000") int maxItems, @Default("200000") int maxChanges) {
    public LiveItemSettings {
        Rule.between("max_items", maxItems, 1, 10_000_000);
        Rule.between("max_changes", maxChanges, 1, 10_000_000);
    }

    /** As configured when nothing is said. */
    public static LiveItemSettings usual() {
        return new LiveItemSettings(100_000, 200_000);
    }
}
