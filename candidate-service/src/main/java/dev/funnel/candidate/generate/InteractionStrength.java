package dev.funnel.candidate.generate;

import dev.funnel.bundle.GeneratorEntry;
import dev.funnel.bundle.History;
import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.NumberColumn;
import org.jspecify.annotations.Nullable;

/**
 * What an interaction counts for its item, by the rule the generator was trained with: one that was left at once (watched for less
 * than so many seconds and less than such a share of the item) counts only a share of its weight. The weights of a bundle's
 * own histories follow the rule already; what a caller sends does not yet.
 *
 * @param leastSeconds watched at least so long is not left at once
 * @param leastShare watched at least this share of the duration is not left at once
 * @param leftShare what is left of the weight of an interaction that was left at once; 1: the rule does nothing
 */
record InteractionStrength(
        float leastSeconds,
        float leastShare,
        float leftShare,
        @Nullable NumberColumn durations) {
    /** The rule in a generator's parameters; without it weights count as they are. */
    static InteractionStrength of(GeneratorEntry entry, ItemTable items) {
        return new InteractionStrength(
                parameter(entry, "least_watch_seconds", 0),
                parameter(entry, "least_watch_share", 0),
                parameter(entry, "left_share", 1),
                items.number("duration_seconds"));
    }

    /** The rule over another table, which may have more rows. */
    InteractionStrength over(ItemTable items) {
        return new InteractionStrength(leastSeconds, leastShare, leftShare, items.number("duration_seconds"));
    }

    float of(History history, int index, boolean fresh) {
        float weight = history.weights()[index];
        boolean left = fresh && leftAtOnce(history.items()[index], history.watchedMs()[index]);
        return left ? leftShare * weight : weight;
    }

    private boolean leftAtOnce(int item, long watchedMs) {
        if (watchedMs < 0) {
            return false;
        }
        float seconds = watchedMs / 1_000f;
        boolean shareWatched =
                durations != null && durations.present(item) && seconds >= leastShare * durations.value(item);
        return seconds < leastSeconds && !shareWatched;
    }

    private static float parameter(GeneratorEntry entry, String name, float standard) {
        return entry.parameters().getOrDefault(name, (double) standard).floatValue();
    }
}
