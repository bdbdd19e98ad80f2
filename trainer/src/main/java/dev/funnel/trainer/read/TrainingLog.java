package dev.funnel.trainer.read;

import org.jspecify.annotations.Nullable;

/**
 * Everything there is to train on: two tables, whose rows number items and users, and what happened between them.
 *
 * @param itemLogPosition position in the item log up to which the items have its changes; 0: none
 */
public record TrainingLog(
        InputTable items,
        InputTable users,
        InteractionLog interactions,
        @Nullable ImpressionLog impressions,
        long itemLogPosition,
        ReadReport report) {

    /** What was read without an item log. */
    public TrainingLog(
            InputTable items,
            InputTable users,
            InteractionLog interactions,
            @Nullable ImpressionLog impressions,
            ReadReport report) {
        this(items, users, interactions, impressions, 0, report);
    }
}
